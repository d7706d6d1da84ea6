import { UploadError } from '@sluice/core'
import type { PendingForm, UploadForm } from '../form.js'

/** A form whose files are kept or deleted again depending on what a next handler does. */
export interface Pending {
  readonly form: PendingForm
  /** Resolved once the handler says so. */
  readonly confirmed: Promise<void>
}

export function pendingForm(form: UploadForm, kept: Promise<void>): Pending {
  let confirm = () => {}
  const confirmed = new Promise<void>(resolve => {
    confirm = resolve
  })
  function keep(): Promise<void> {
    confirm()
    return kept
  }
  return { form: { ...form, confirm: keep }, confirmed }
}

/**
 * A handler that refuses or fails has no record of the files.
 * @throws UploadError for the log, `rejected` or `internal`: the handler has given its own answer
 */
export function checkAnswer(status: number): void {
  if (status < 400) return
  const detail = `the application answered ${status}: the files were taken back`
  throw status < 500
    ? new UploadError('rejected', { reason: String(status) }, { stage: 'store', detail })
    : new UploadError('internal', {}, { stage: 'store', detail })
}

/** The client has gone, and nobody said that the files are to be kept. */
export function unanswered(): UploadError {
  return new UploadError(
    'aborted',
    {},
    { stage: 'store', detail: 'no answer was sent: the files were removed again' },
  )
}
