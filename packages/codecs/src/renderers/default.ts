import type { Renderer } from '@sluice/core'
import { hasSimd } from '@sluice/kernel'
import type { Plug } from '../plug.js'
import { jsquashRenderer } from './jsquash.js'
import { kernelRenderer } from './kernel.js'

/** The best renderer that this runtime can run: `kernelRenderer()`, or `jsquashRenderer()` where there is no SIMD. */
export function defaultRenderer(options: { readonly plugs?: readonly Plug[] } = {}): Renderer {
  return hasSimd() ? kernelRenderer(options) : jsquashRenderer(options)
}
