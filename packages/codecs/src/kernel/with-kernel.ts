import { type Budget, UploadError } from '@sluice/core'
import { instantiate, type Kernel, KernelError } from '@sluice/kernel'
import { loadModule } from '#modules'
import { limitsOf } from '../limits.js'
import { giveBack, PAGE, takeMemory } from '../sandbox/memories.js'
import { SandboxError } from '../sandbox/sandbox-error.js'

/** Pages of 64 KiB that an instance starts with: 1 MiB. */
const INITIAL_PAGES = 16

/**
 * Runs one job in a fresh instance of the image kernel and gives its memory back.
 * @param price fuel that an honest image of this size takes at most
 * @throws SandboxError or UploadError, whatever happened
 */
export async function withKernel<Value>(
  budget: Budget,
  price: number,
  work: (kernel: Kernel) => Value,
): Promise<Value> {
  const module = await loadModule('kernel')
  const { memoryBytes, fuel } = limitsOf(budget, price)
  const memory = takeMemory(INITIAL_PAGES, Math.max(INITIAL_PAGES, Math.floor(memoryBytes / PAGE)))
  try {
    const kernel = instantiate(module, memory)
    kernel.exports.fuel.value = BigInt(fuel)
    return work(kernel)
  } catch (thrown) {
    throw thrown instanceof KernelError ? refusalOf(thrown) : thrown
  } finally {
    giveBack(memory)
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
