export { serveRenderer } from './serve-renderer.js'
export { workerPool } from './worker-pool.js'
export { type WorkerEnd, type WorkerPool, type WorkersOptions, workers } from './workers.js'
