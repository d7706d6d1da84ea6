export { serveRenderer } from './serve-renderer.js'
export { sharedRenderer } from './shared-renderer.js'
export type { WorkerEnd } from './worker-log.js'
export {
  bodyBuffer,
  bodyShare,
  countBodies,
  tidyThread,
  type WorkerPoolOptions,
  workerPool,
} from './worker-pool.js'
export { type WorkerPool, type WorkersOptions, workers } from './workers.js'
