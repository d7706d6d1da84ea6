import type { Renderer } from '@sluice/core'
import { gifEncoder } from '../animation/gif/gif-encoder.js'
import { animatedWebpDecoder } from '../animation/webp/animated-decoder.js'
import { animatedWebpEncoder } from '../animation/webp/animated-encoder.js'
import { lcmsColour } from '../colour/lcms-colour.js'
import { composeRenderer } from '../compose/compose-renderer.js'
import { type Plug, plugIn } from '../plug.js'
import { jpegDecoder, pngDecoder, webpDecoder } from './decoders.js'
import { jsquashResizer } from './resizer.js'
import { drawingsLossless, webpEncoder } from './webp-encoder.js'

/**
 * JPEG, PNG and WebP by the codecs of jSquash, each call in a fresh instance: for runtimes without SIMD, and to compare with.
 * Reads no GIF, no animated PNG and no CMYK.
 * Resizing holds 8 bytes a pixel beside the decoded 4: of 512 MiB that is some 40 megapixels.
 */
export function jsquashRenderer({ plugs = [] }: { readonly plugs?: readonly Plug[] } = {}): Renderer {
  return composeRenderer({
    name: 'jsquash',
    resizer: jsquashResizer,
    colour: lcmsColour,
    ...plugIn(
      plugs,
      [jpegDecoder, pngDecoder, animatedWebpDecoder(webpDecoder)],
      [animatedWebpEncoder(drawingsLossless(webpEncoder)), gifEncoder],
    ),
  })
}
