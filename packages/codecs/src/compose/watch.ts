import { type Budget, UploadError } from '@sluice/core'

/** Looks at the clock and the abort signal between steps. Where clocks stand still during computation, fuel is the limit. */
export interface Watch {
  /** @throws UploadError `aborted` or `timed-out` */
  check(): void
}

export function startWatch({ timeMs }: Budget, signal?: AbortSignal): Watch {
  const end = performance.now() + timeMs
  return {
    check() {
      if (signal?.aborted) throw new UploadError('aborted', {}, { stage: 'render', cause: signal.reason })
      if (performance.now() > end) throw new UploadError('timed-out', { timeMs })
    },
  }
}
