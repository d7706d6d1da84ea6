import type { Renderer } from '@sluice/core'
import { poolByDefault } from '#threads'
import { defaultRenderer } from '../renderers/default.js'
import { workerPool } from './worker-pool.js'

let shared: Renderer | undefined

/**
 * The renderer of whoever sets none: one `workerPool()` for all of the process on Node, Deno and Bun, and
 * `defaultRenderer()` on the thread itself where there are no others. Never the second in place of the first.
 *
 * @throws Error at start where the workers of the pool cannot be
 */
export function sharedRenderer(): Renderer {
  shared ??= poolByDefault ? workerPool() : defaultRenderer()
  return shared
}
