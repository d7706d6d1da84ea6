import { decided, type Job, type Work } from './work.js'

/** As much of a `Job` of BullMQ as is used here. */
interface BullJob<Todo> {
  readonly data: Todo
}

/**
 * The processor of a BullMQ `Worker`. Refusals are return values; what may pass fails the job, and BullMQ
 * tries it again as its `attempts` and `backoff` say. Images are drawn in the workers of `workerPool`, so
 * that the event loop is free to renew the lock of the job: without, a job of more than `lockDuration` counts
 * as stalled and runs twice.
 * @example
 * new Worker('uploads', bullProcessor(({ id }, options) => ingest(id, options)), { connection })
 */
export function bullProcessor<Todo extends Job, Result>(work: Work<Todo, Result>) {
  const decide = decided(work)
  return (job: BullJob<Todo>, _token?: string, signal?: AbortSignal) => decide(job.data, { signal })
}

/**
 * Options for `queue.add(name, job, bullOptions(job))`: one job an upload, while it is in the queue; five
 * attempts, the last after some fifteen seconds, and what still fails then stays for inspection.
 */
export function bullOptions({ id }: Job) {
  return {
    jobId: id,
    attempts: 5,
    backoff: { type: 'exponential', delay: 1000, jitter: 0.5 },
    removeOnComplete: { age: 3600, count: 1000 },
  }
}
