import type { Store, UploadEvent } from '@sluice/core'
import { processorTime } from '#machine'
import type { LogEvent, ObservedEvent } from '../events/endpoint-event.js'
import { type Arrival, handleUpload } from '../handler.js'
import type { Settings } from '../settings.js'

/**
 * Takes a request through everything but the store and the application's own callbacks on what is stored, and
 * tells what would have become of it. Never rejects.
 * @param bodyBytes what has come of the body so far
 */
export async function observe<Native, Env>(
  settings: Settings<Native, Env>,
  arrival: Omit<Arrival<Native, Env>, 'handOn'>,
  bodyBytes: () => number,
): Promise<void> {
  const start = processorTime()
  function observed(event: UploadEvent): ObservedEvent {
    const now = processorTime()
    const processorMs = now === undefined || start === undefined ? undefined : Math.round(now - start)
    const would = event.event === 'upload.accepted' ? 'accept' : 'refuse'
    return { ...event, event: 'upload.observed', would, bodyBytes: bodyBytes(), processorMs }
  }
  const onEvent = (event: LogEvent) => settings.onEvent(isUpload(event) ? observed(event) : event)
  await handleUpload(
    { ...settings, storeOf: () => nowhere, recordsOf: undefined, onStored: undefined, onEvent },
    arrival,
  )
}

function isUpload(event: LogEvent): event is UploadEvent {
  return event.event === 'upload.accepted' || event.event === 'upload.refused'
}

/** Keeps nothing. */
const nowhere: Store = {
  async commit() {},
  async get() {
    return undefined
  },
  async delete() {},
  async *list() {},
}
