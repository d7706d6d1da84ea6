import { type Budget, type ErrorCode, UploadError } from '@sluice/core'
import { type Limits, SandboxError } from './sandbox/index.js'

/**
 * Runs sandboxed work within a budget: what the sandbox cut off gets its own code, everything else becomes `fallback`.
 * @param price fuel that an honest image of this size needs at most; the budget's headroom multiplies it
 */
export async function budgeted<Value>(
  { memoryMb, headroom }: Budget,
  price: number,
  fallback: ErrorCode,
  work: (limits: Limits) => Promise<Value>,
): Promise<Value> {
  try {
    return await work({ memoryBytes: memoryMb * 2 ** 20, fuel: Math.ceil(headroom * price) })
  } catch (thrown) {
    if (!(thrown instanceof SandboxError)) throw thrown
    const about = { stage: 'render', detail: thrown.message, cause: thrown } as const
    if (thrown.kind === 'out-of-fuel') throw new UploadError('too-costly', {}, about)
    if (thrown.kind === 'out-of-memory') throw new UploadError('too-much-memory', { memoryMb }, about)
    throw new UploadError(fallback, {}, about)
  }
}
