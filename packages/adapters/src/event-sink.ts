import type { UploadEvent } from '@sluice/core'
import type { EventSink } from './options.js'

/** Console and pino as they are: an accepted upload is info, a refused one a warning. */
export function eventSink(given: EventSink | undefined): (event: UploadEvent) => void {
  if (given === undefined) return () => {}
  if (typeof given === 'function') return given
  return event => (event.event === 'upload.accepted' ? given.info(event) : given.warn(event))
}
