import type { UploadEvent } from '@sluice/core'
import type { EventSink } from './options.js'

/**
 * Console and pino as they are: an accepted upload is info, a refused one a warning. A logger that throws or
 * rejects must not turn a finished upload into a failed one, nor end the process: what it threw is on the
 * console.
 */
export function eventSink(given: EventSink | undefined): (event: UploadEvent) => void {
  if (given === undefined) return () => {}
  const report = typeof given === 'function' ? given : byLevel(given)
  // Asynchronous only for what `report` may return: it is called at once.
  async function tell(event: UploadEvent): Promise<void> {
    try {
      await report(event)
    } catch (thrown) {
      console.error('upload options: onEvent failed:', thrown)
    }
  }
  return event => void tell(event)
}

function byLevel(logger: Exclude<EventSink, (event: UploadEvent) => void>): (event: UploadEvent) => void {
  return event => (event.event === 'upload.accepted' ? logger.info(event) : logger.warn(event))
}
