import type { SqlClient } from './sql.js'
import { decided, type Job, type Work } from './work.js'

/** As much of a job of pg-boss as is used here. */
interface BossJob<Todo> {
  readonly data: Todo
  readonly signal?: AbortSignal
}

/** As much of pg-boss as is used here. */
interface Boss {
  send(name: string, data: object, options: object): Promise<string | null>
}

/**
 * The handler of `boss.work`. Refusals are the job's output; what may pass fails it, and pg-boss tries it
 * again as `retryLimit` and `retryBackoff` of the queue say. Leave `batchSize` at 1: a batch fails as a
 * whole.
 * @example
 * await boss.work('uploads', bossHandler(({ id }, options) => ingest(id, options)))
 */
export function bossHandler<Todo extends Job, Result>(work: Work<Todo, Result>) {
  const decide = decided(work)
  return async (jobs: readonly BossJob<Todo>[]) => {
    const results = await Promise.all(jobs.map(({ data, signal }) => decide(data, { signal })))
    return results.length === 1 ? results[0] : results
  }
}

/**
 * Puts a job into a queue within the application's transaction: it is there if and only if the application's
 * rows are. One job an id, as long as pg-boss keeps it: where the id has 32 hex digits, as those of offers
 * have, it is the job's.
 * @param tx a client within its transaction
 * @param options those of `boss.send`
 */
export async function enqueue(
  boss: Boss,
  queue: string,
  job: Job,
  tx: SqlClient,
  options: object = {},
): Promise<void> {
  const db = { executeSql: (text: string, values: unknown[] = []) => tx.query(text, values) }
  await boss.send(queue, job, { ...bossOptions(job), ...options, db })
}

/** Options for `boss.send`: one job an id. */
export function bossOptions({ id }: Job): { readonly id?: string } {
  const parts = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(id)
  return parts ? { id: parts.slice(1).join('-') } : {}
}
