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

export type LogEvent = UploadEvent | EndpointEvent

export function endpointEvent(event: EndpointEvent['event'], message: string): EndpointEvent {
  return { event, time: new Date().toISOString(), message }
}
