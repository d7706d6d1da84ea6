// Of who sets no renderer on Node, Deno and Bun, from files or from a bundle: a stuck image takes a thread with it that
// serves nobody else.
import type { Renderer } from '@sluice/core'
import { workerPool } from '../worker-pool.js'

export function makeShared(): Renderer {
  return workerPool()
}
