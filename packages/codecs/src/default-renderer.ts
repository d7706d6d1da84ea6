import type { Renderer } from '@sluice/core'
import { hasSimd } from '@sluice/kernel'
import { jsquashRenderer } from './jsquash/jsquash-renderer.js'
import { kernelRenderer } from './kernel/kernel-renderer.js'
import type { Plug } from './plug.js'

/** The best renderer that this runtime can run: `kernelRenderer()`, or `jsquashRenderer()` where there is no SIMD. */
export function defaultRenderer(options: { readonly plugs?: readonly Plug[] } = {}): Renderer {
  return hasSimd() ? kernelRenderer(options) : jsquashRenderer(options)
}
