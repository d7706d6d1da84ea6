import { type Policy, type Stage, startJourney, type UploadError, type UploadEvent } from '@sluice/core'
import type { Identity } from './guard/identity.js'

/**
 * Holds the events of one request back until its outcome is known: a file that was accepted and then taken
 * out again, because its neighbour was refused, has not been accepted.
 * @param report does not throw: see `eventSink`
 */
export function requestEvents(report: (event: UploadEvent) => void) {
  const held: UploadEvent[] = []
  const ms: Partial<Record<Stage, number>> = {}
  let who: { readonly role: string; readonly user?: string } | undefined

  const send = (events: readonly UploadEvent[]) => {
    for (const event of events) report({ ...event, ms: { ...ms, ...event.ms } })
  }
  return {
    hold: (event: UploadEvent) => void held.push(event),
    context: () => who,
    identify({ role, user }: Identity) {
      who = user === undefined ? { role } : { role, user }
    },
    /** Times what comes before the road. */
    async timed<Value>(stage: Stage, work: () => Promise<Value>): Promise<Value> {
      const start = performance.now()
      try {
        return await work()
      } finally {
        ms[stage] = Math.round(performance.now() - start)
      }
    },
    accepted: () => send(held),
    refused(error: UploadError, policy: Pick<Policy, 'version'> = { version: '' }) {
      const refusals = held.filter(({ event }) => event === 'upload.refused')
      if (refusals.length > 0) return send(refusals)
      // Refused before the road, which reports by itself.
      startJourney({ policy, context: who, onEvent: event => send([event]) }).refuse(error)
    },
  }
}
