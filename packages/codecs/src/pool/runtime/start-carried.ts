import { Worker } from 'node:worker_threads'
import type { Parts } from '../../inline/carried.js'

/**
 * Of node:worker_threads in Deno and Bun too: a Web Worker cannot be told there not to keep the process
 * alive. Neither the application's secrets nor its loaders have any business where strangers' files are
 * decoded.
 */
export const workerOptions = { env: {}, execArgv: [] }

/** A worker whose code is no file. Bundlers take the first argument of `new Worker` for a path, if they see it. */
export function startCarried({ worker, modules }: Parts): Worker {
  return Reflect.construct(Worker, [worker, { ...workerOptions, eval: true, workerData: modules }])
}
