import type { Renderer } from '@sluice/core'
import { hasSimd } from '@sluice/kernel'
import { gifEncoder } from '../animation/gif/gif-encoder.js'
import { animatedWebpDecoder } from '../animation/webp/animated-decoder.js'
import { animatedWebpEncoder } from '../animation/webp/animated-encoder.js'
import type { Encoder } from '../codec.js'
import { lcmsColour } from '../colour/lcms-colour.js'
import { composeRenderer } from '../compose/compose-renderer.js'
import { webpDecoder } from '../jsquash/decoders.js'
import { drawingsLossless, webpEncoder } from '../jsquash/webp-encoder.js'
import { type Plug, plugIn } from '../plug.js'
import { gifDecoder, pngDecoder } from './frame-decoders.js'
import { jpegDecoder } from './jpeg-decoder.js'
import { lossyEncoder } from './lossy-encoder.js'
import { kernelResizer } from './resizer.js'

export interface KernelOptions {
  /** Codecs of further formats: `avif()`, `heic()`. */
  readonly plugs?: readonly Plug[]
  /** Of photographs as WebP. Default: `ownWebp()`; `libwebp()` to compare with. */
  readonly encoder?: Encoder
}

/** Libwebp 1.1 as jSquash builds it, lossy. */
export const libwebp = (): Encoder => webpEncoder

/** The encoder of this library; libwebp where that is better (lossy-encoder.ts has the rule). */
export const ownWebp = (): Encoder => lossyEncoder

/**
 * The renderer of this library: JPEG, PNG, GIF, resizing and orientation in its own kernel, WebP in by libwebp and out by
 * its own encoder, colours by Little CMS, each image in fresh instances. Needs WebAssembly SIMD.
 *
 * @throws Error where the runtime has no SIMD: `defaultRenderer()` chooses by that
 */
export function kernelRenderer({ plugs = [], encoder = ownWebp() }: KernelOptions = {}): Renderer {
  if (!hasSimd())
    throw new Error(
      'kernelRenderer() needs WebAssembly SIMD, which this runtime lacks: use jsquashRenderer()',
    )
  return composeRenderer({
    name: 'kernel',
    resizer: kernelResizer,
    colour: lcmsColour,
    ...plugIn(
      plugs,
      [jpegDecoder, pngDecoder, gifDecoder, animatedWebpDecoder(webpDecoder)],
      [animatedWebpEncoder(drawingsLossless(encoder)), gifEncoder],
    ),
  })
}
