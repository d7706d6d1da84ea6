import { UploadError } from '@sluice/core'
import { instantiate, type Kernel, KernelError } from '@sluice/kernel'
import { loadModule } from '#modules'
import { type ImageBudget, limitsOf, type Price } from '../limits.js'
import { InstanceMemory } from '../sandbox/instance-memory.js'
import { SandboxError } from '../sandbox/sandbox-error.js'

/** A fresh instance of the image kernel, for one image. */
export interface OpenKernel {
  /** @throws SandboxError or UploadError, whatever was thrown inside */
  run<Value>(work: (kernel: Kernel) => Value): Value
  /** Gives its memory back. */
  close(): void
}

/** @param likelyBytes of memory that it will take about */
export async function openKernel(
  budget: ImageBudget,
  price: Price,
  likelyBytes?: number,
): Promise<OpenKernel> {
  const module = await loadModule('kernel')
  const limits = limitsOf(budget, price, likelyBytes)
  const memory = new InstanceMemory(module, limits)
  let kernel: Kernel | undefined = instantiate(module, memory.memory)
  memory.attach(kernel.exports as unknown as WebAssembly.Exports)
  const { fuel } = kernel.exports
  fuel.value = BigInt(limits.fuel)
  return {
    run(work) {
      // The memory may already serve another image.
      if (!kernel) throw new TypeError('the kernel is closed')
      memory.ready()
      const before = fuel.value
      try {
        return work(kernel)
      } catch (thrown) {
        throw thrown instanceof KernelError ? refusalOf(thrown) : thrown
      } finally {
        limits.onFuel?.(Number(before - fuel.value))
      }
    },
    close() {
      kernel = undefined
      memory.close()
    },
  }
}

/** Runs one job in a fresh instance and gives its memory back. */
export async function withKernel<Value>(
  budget: ImageBudget,
  price: Price,
  work: (kernel: Kernel) => Value,
  likelyBytes?: number,
): Promise<Value> {
  const { run, close } = await openKernel(budget, price, likelyBytes)
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
