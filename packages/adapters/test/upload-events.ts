import type { UploadEvent } from '@sluice/core'
import type { LogEvent } from '../src/events/endpoint-event.js'

/** Gathers the events of uploads; what the endpoint tells of itself is left out. */
export function gatherUploads(events: UploadEvent[]): (event: LogEvent) => void {
  return event => {
    if ('id' in event && event.event !== 'upload.observed') events.push(event)
  }
}
