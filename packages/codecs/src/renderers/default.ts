import type { Renderer } from '@sluice/core'
import type { Plug } from '../plug.js'
import { kernelRenderer } from './kernel.js'

/**
 * `kernelRenderer()`, on the thread that calls it: where there are others, `workerPool()` is this renderer in
 * workers.
 *
 * @throws Error where the runtime has no SIMD, naming `jsquashRenderer()`: other codecs are chosen, never
 * changed to silently
 */
export function defaultRenderer(options: { readonly plugs?: readonly Plug[] } = {}): Renderer {
  return kernelRenderer(options)
}
