import { type Policy, type Stage, traceUpload, type UploadError, type UploadEvent } from '@sluice/core'

/** Who, and from where, as far as it is known by then. */
export type Who = Readonly<Partial<Record<'address' | 'role' | 'user', string | undefined>>>

/**
 * The events of one request: those of its files, with the times of guard and receive and with what is known
 * of the client, or one of the request itself where it is refused before any file is in the pipeline.
 * @param report does not throw: see `eventSink`
 */
export function requestEvents(report: (event: UploadEvent) => void) {
  const ms: Partial<Record<Stage, number>> = {}
  let context: Readonly<Record<string, string>> | undefined

  let told = false

  function tell(event: UploadEvent) {
    told = true
    report({ ...event, ms: { ...ms, ...event.ms } })
  }
  return {
    tell,
    context: () => context,
    identify(who: Who) {
      const known = Object.entries(who).filter(([, value]) => value !== undefined && value !== '')
      context = { ...context, ...Object.fromEntries(known.map(([name, value]) => [name, String(value)])) }
    },
    /** Times what comes before the pipeline. */
    async timed<Value>(stage: Stage, work: () => Promise<Value>): Promise<Value> {
      const start = performance.now()
      try {
        return await work()
      } finally {
        ms[stage] = Math.round(performance.now() - start)
      }
    },
    refused(error: UploadError, policy: Pick<Policy, 'version'> = { version: '' }) {
      // The pipeline reports by itself.
      if (!told) traceUpload({ policy, context, onEvent: tell }).refuse(error)
    },
  }
}
