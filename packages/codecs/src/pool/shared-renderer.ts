import type { Renderer } from '@sluice/core'
import { makeShared } from '#shared'

let shared: Renderer | undefined

/**
 * The renderer of whoever sets none: one `workerPool()` for all of the process on Node, Deno and Bun, and
 * `defaultRenderer()` on the thread itself where there are no others. Never the second in place of the first.
 *
 * @throws Error at start where the workers of the pool cannot be
 */
export function sharedRenderer(): Renderer {
  shared ??= makeShared()
  return shared
}
