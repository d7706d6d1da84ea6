import { UploadError } from '@sluice/core'
import { instantiate, type Kernel, KernelError, type KernelErrorCode } from '@sluice/kernel'
import { openGuest, SandboxError, zeros } from '@sluice/sandbox'
import { loadModule } from '#modules'
import { type ImageBudget, limitsOf, type Price } from '../budget.js'

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
  likelyBytes: number,
): Promise<OpenKernel> {
  const module = await loadModule('kernel')
  const limits = limitsOf(budget, price, likelyBytes)
  const guest = openGuest(module, limits, free => instantiate(module, free, zeros))
  return {
    run(work) {
      try {
        return guest.run(work)
      } catch (thrown) {
        throw thrown instanceof KernelError ? refusalOf(thrown, guest.refusedByRuntime) : thrown
      }
    },
    close: guest.close,
  }
}

/** Runs one job in a fresh instance and gives its memory back. @param likelyBytes of memory that it will take about */
export async function withKernel<Value>(
  budget: ImageBudget,
  price: Price,
  likelyBytes: number,
  work: (kernel: Kernel) => Value,
): Promise<Value> {
  const { run, close } = await openKernel(budget, price, likelyBytes)
  try {
    return run(work)
  } finally {
    close()
  }
}

/** What the kernel does not read, in the words that the sender of such an image is told. */
const unsupported: Readonly<Partial<Record<KernelErrorCode, string>>> = {
  'unsupported-lossless': 'lossless JPEG',
  'unsupported-hierarchical': 'hierarchical JPEG',
  'unsupported-precision': 'JPEG with more than 8 bits a sample',
  'unsupported-components': 'JPEG with other than 1, 3 or 4 components',
  'too-many-codes': 'WebP with too many prefix codes',
  'unsupported-chunk': 'PNG with a critical chunk that the standard does not know',
}

function refusalOf(error: KernelError, refusedByRuntime: boolean): Error {
  const { code, message } = error
  const about = { stage: 'render', detail: message, cause: error } as const
  if (code === 'truncated') return new UploadError('truncated', {}, about)
  const kind = unsupported[code]
  if (kind) return new UploadError('unsupported-kind', { kind }, about)
  if (code === 'out-of-memory' && refusedByRuntime) return new SandboxError('no-memory', message, about)
  const isOwnEnd = code === 'out-of-fuel' || code === 'out-of-memory' || code === 'trap'
  return new SandboxError(isOwnEnd ? code : 'refused', message, { cause: error })
}
