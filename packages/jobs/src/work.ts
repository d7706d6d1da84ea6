import { type ErrorCode, UploadError, type UploadResult } from '@sluice/core'

/** What a queue hands to a worker: an upload's id, and whatever else its sender put in. JSON. */
export interface Job {
  readonly id: string
}

/** Works on one job. May be called any number of times for it, also at once. */
export type Work<Todo extends Job = Job, Result = unknown> = (
  job: Todo,
  options: { readonly signal?: AbortSignal | undefined },
) => Promise<Result>

/** What may pass by itself. Everything else is decided by the bytes, and would be decided so again. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'store-failed',
  'busy',
  'aborted',
  'internal',
  'renderer-unavailable',
])

/** Whether another attempt may end otherwise. What nobody foresaw may. */
export function mayPass(thrown: unknown): boolean {
  return !(thrown instanceof UploadError) || passing.has(thrown.code)
}

/**
 * Work whose refusals are results: a queue sees a failure only where another attempt makes sense, so that no
 * job is a poison message.
 */
export function decided<Todo extends Job, Result>(
  work: Work<Todo, Result>,
): Work<Todo, Result | UploadResult> {
  return async (job, options) => {
    try {
      return await work(job, options)
    } catch (thrown) {
      if (mayPass(thrown) || !(thrown instanceof UploadError)) throw thrown
      return { id: job.id, refused: thrown.toRecord() }
    }
  }
}
