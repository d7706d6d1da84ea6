// Of who sets no renderer where there are no threads, as in Cloudflare Workers and edge functions, and in pages, which
// draw what their own visitor chose: bundles for them leave the pool out.
import type { Renderer } from '@sluice/core'
import { defaultRenderer } from '../../renderers/default.js'

export function makeShared(): Renderer {
  return defaultRenderer()
}
