import type { UploadEvent } from '@sluice/core'

/** What an endpoint tells of itself, not of an upload. */
export interface EndpointEvent {
  /** `started`: with which limits. `warning`: something in the setup is probably not as it is meant. */
  readonly event: 'endpoint.started' | 'endpoint.warning'
  /** UTC, ISO 8601. */
  readonly time: string
  /** One sentence for the operator. */
  readonly message: string
}

/** What would have become of an upload, where an endpoint only observes. Nothing was refused or stored. */
export interface ObservedEvent extends Omit<UploadEvent, 'event'> {
  readonly event: 'upload.observed'
  readonly would: 'accept' | 'refuse'
  /** Of the body, as far as it had come by then. */
  readonly bodyBytes: number
  /**
   * Processor time of all threads of the process meanwhile, in milliseconds: what the upload took at most.
   * Missing where the runtime does not tell.
   */
  readonly processorMs?: number | undefined
}

export type LogEvent = UploadEvent | ObservedEvent | EndpointEvent

export function endpointEvent(event: EndpointEvent['event'], message: string): EndpointEvent {
  return { event, time: new Date().toISOString(), message }
}
