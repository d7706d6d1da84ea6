import { idsOf, isJob } from './events.js'
import { decided, type Job, type Work } from './work.js'

/** As much of a `MessageBatch` of Cloudflare Queues as is used here. */
export interface Batch {
  readonly messages: readonly {
    readonly body: unknown
    readonly attempts: number
    ack(): void
    retry(options: { readonly delaySeconds: number }): void
  }[]
}

/** Longest delay of a retry, in seconds. */
const longestDelay = 600

/**
 * The consumer of a Cloudflare queue: of events that an R2 bucket sends of what was put, or of jobs of one's
 * own. One message after the other, for an isolate has 128 MB; each is acknowledged by itself, and one that
 * may pass comes again after a growing delay, until `max_retries` of the queue hand it to its dead letter
 * queue.
 * @param prefix of the quarantine
 * @example
 * export default { queue: (batch, env) => consume(batch, ({ id }) => ingesterOf(env)(id)) }
 */
export async function consume<Todo extends Job = Job>(
  batch: Batch,
  work: Work<Todo>,
  prefix = '',
): Promise<void> {
  const decide = decided(work)
  for (const message of batch.messages) {
    try {
      for (const job of jobsOf<Todo>(message.body, prefix)) await decide(job, {})
      message.ack()
    } catch (thrown) {
      console.error('sluice: a job goes back to its queue:', thrown)
      message.retry({ delaySeconds: Math.min(longestDelay, 2 ** message.attempts) })
    }
  }
}

/** Of an event nothing is known but the id. */
function jobsOf<Todo extends Job>(body: unknown, prefix: string): readonly Todo[] {
  return isJob<Todo>(body) ? [body] : idsOf(body, prefix).map(id => ({ id }) as Todo)
}
