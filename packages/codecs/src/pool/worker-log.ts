import type { ErrorCode } from '@sluice/core'
import type { OnEnd } from './slot.js'

export interface WorkerEnd {
  readonly event: 'worker-ended'
  /** `timed-out`, `render-failed` for one that broke, `renderer-unavailable` for one that did not start. */
  readonly code: ErrorCode
  readonly milliseconds: number
  /** How long its place stays empty; more than 0 where workers end often. */
  readonly restMs: number
  readonly detail?: string | undefined
}

/**
 * Tells the operator, whatever their function does: neither what it throws nor what it rejects with ends the
 * process.
 */
export function workerLog(onEnd: (event: WorkerEnd) => unknown = log): OnEnd {
  return ({ code, detail }, milliseconds, restMs) => {
    void tell(onEnd, { event: 'worker-ended', code, milliseconds, restMs, detail })
  }
}

async function tell(onEnd: (event: WorkerEnd) => unknown, event: WorkerEnd): Promise<void> {
  try {
    await onEnd(event)
  } catch (thrown) {
    log(event)
    log({ event: 'callback-failed', callback: 'onEnd', detail: String(thrown) })
  }
}

function log(event: object): void {
  console.error(JSON.stringify(event))
}
