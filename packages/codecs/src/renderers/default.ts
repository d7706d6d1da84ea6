import type { Renderer } from '@sluice/core'
import type { CodecPack } from '../codec-pack.js'
import { kernelRenderer } from './kernel.js'

/**
 * `kernelRenderer()`, on the thread that calls it: where there are others, `workerPool()` is this renderer in
 * workers.
 *
 * @throws Error where the runtime has no SIMD, naming `jsquashRenderer()`: other codecs are chosen, never
 * changed to silently
 */
export function defaultRenderer(options: { readonly codecs?: readonly CodecPack[] } = {}): Renderer {
  return kernelRenderer(options)
}
