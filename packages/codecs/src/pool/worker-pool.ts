import { parallelism, startRenderWorker } from '#threads'
import { type WorkerPool, type WorkersOptions, workers } from './workers.js'

/**
 * The default renderer in workers, for Node, Deno, Bun and browsers. Where there are no threads (Cloudflare Workers, edge
 * functions), use the renderer itself: fuel and memory are limited there as well.
 *
 * @param options `size`: as many as the machine runs at the same time, at most 4; `maxQueue`: 50
 */
export function workerPool(options: Partial<WorkersOptions> = {}): WorkerPool {
  return workers(startRenderWorker, { size: Math.min(4, parallelism()), maxQueue: 50, ...options })
}
