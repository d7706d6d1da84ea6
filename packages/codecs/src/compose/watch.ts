import { type Budget, type ErrorCode, UploadError } from '@sluice/core'
import { SandboxError } from '@sluice/sandbox'
import type { ImageBudget } from '../budget.js'

/**
 * Looks at the clock, the work so far and the abort signal before each step, and turns what a step throws into the one
 * error. Where clocks stand still during computation, the work is the limit.
 */
export interface Watch {
  /** @throws UploadError `aborted`, `timed-out` or `too-costly` */
  check(): void
  /**
   * Does one step of a part. What it throws, numbers and strings too, becomes `fallback`; an UploadError stays as it is.
   * @throws UploadError
   */
  step<Value>(fallback: ErrorCode, work: () => Value | Promise<Value>): Promise<Value>
}

export function startWatch(budget: ImageBudget, signal?: AbortSignal): Watch {
  const { timeMs, time } = budget
  const end = performance.now() + timeMs
  const watch: Watch = {
    check() {
      if (signal?.aborted) throw new UploadError('aborted', {}, { stage: 'render', cause: signal.reason })
      if (performance.now() > end) throw new UploadError('timed-out', { timeMs })
      if (time.isSpent) {
        const detail = `the work on all frames and outputs is more than ${timeMs} ms`
        throw new UploadError('too-costly', {}, { stage: 'render', detail })
      }
    },
    async step(fallback, work) {
      watch.check()
      try {
        return await work()
      } catch (thrown) {
        throw toUploadError(thrown, fallback, budget)
      }
    },
  }
  return watch
}

/** What the sandbox cut off has codes of its own. */
function toUploadError(thrown: unknown, fallback: ErrorCode, { memoryMb }: Budget): UploadError {
  const stage = 'render'
  if (thrown instanceof SandboxError) {
    const about = { stage, detail: thrown.message, cause: thrown } as const
    if (thrown.kind === 'out-of-fuel') return new UploadError('too-costly', {}, about)
    if (thrown.kind === 'no-memory') return new UploadError('renderer-unavailable', {}, about)
    if (thrown.kind === 'out-of-memory') return new UploadError('too-much-memory', { memoryMb }, about)
  }
  return UploadError.from(thrown, fallback, { stage })
}
