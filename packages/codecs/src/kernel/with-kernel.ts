import { type Budget, UploadError } from '@sluice/core'
import { instantiate, type Kernel, KernelError } from '@sluice/kernel'
import { loadModule } from '#modules'
import { limitsOf } from '../limits.js'
import { giveBack, PAGE, takeMemory } from '../sandbox/memories.js'
import { SandboxError } from '../sandbox/sandbox-error.js'

/** Pages of 64 KiB that an instance starts with: 1 MiB. */
const INITIAL_PAGES = 16

/** A fresh instance of the image kernel, for one image. */
export interface OpenKernel {
  /** @throws SandboxError or UploadError, whatever was thrown inside */
  run<Value>(work: (kernel: Kernel) => Value): Value
  /** Gives its memory back. */
  close(): void
}

/** @param price fuel that an honest image of this size takes at most */
export async function openKernel(budget: Budget, price: number): Promise<OpenKernel> {
  const module = await loadModule('kernel')
  const { memoryBytes, fuel } = limitsOf(budget, price)
  const memory = takeMemory(INITIAL_PAGES, Math.max(INITIAL_PAGES, Math.floor(memoryBytes / PAGE)))
  let kernel: Kernel | undefined = instantiate(module, memory)
  kernel.exports.fuel.value = BigInt(fuel)
  return {
    run(work) {
      // The memory may already serve another image.
      if (!kernel) throw new TypeError('the kernel is closed')
      try {
        return work(kernel)
      } catch (thrown) {
        throw thrown instanceof KernelError ? refusalOf(thrown) : thrown
      }
    },
    close() {
      kernel = undefined
      giveBack(memory)
    },
  }
}

/** Runs one job in a fresh instance and gives its memory back. */
export async function withKernel<Value>(
  budget: Budget,
  price: number,
  work: (kernel: Kernel) => Value,
): Promise<Value> {
  const { run, close } = await openKernel(budget, price)
  try {
    return run(work)
  } finally {
    close()
  }
}

function refusalOf(error: KernelError): Error {
  const { code, message } = error
  const about = { stage: 'render', detail: message, cause: error } as const
  if (code === 'truncated') return new UploadError('truncated', {}, about)
  if (code.startsWith('unsupported-'))
    return new UploadError('unsupported-kind', { kind: code.slice('unsupported-'.length) }, about)
  const kind = code === 'out-of-fuel' || code === 'out-of-memory' || code === 'trap' ? code : 'refused'
  return new SandboxError(kind, message, { cause: error })
}
