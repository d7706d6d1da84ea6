import type { Renderer } from '@sluice/core'
import { hasSimd } from '@sluice/kernel'
import { checkModules } from '#modules'
import type { StillEncoder } from '../codec.js'
import type { CodecPack } from '../codec-pack.js'
import { iccColour } from '../colour/icc-colour.js'
import { composeRenderer } from '../compose/compose-renderer.js'
import { gifDecoder } from '../formats/gif/decoder.js'
import { gifEncoder } from '../formats/gif/encoder.js'
import { jpegDecoder } from '../formats/jpeg/kernel.js'
import { pngDecoder } from '../formats/png/kernel.js'
import { animatedWebpEncoder } from '../formats/webp/animated-encoder.js'
import { encodeByContent } from '../formats/webp/encode-still.js'
import { webpDecoder } from '../formats/webp/kernel.js'
import { kernelResizer } from '../resize/kernel.js'

export interface KernelOptions {
  /**
   * Codecs of further formats, `avif()` and `heic()`, or others for the same: those of
   * `@sluice/codecs/jsquash`.
   */
  readonly codecs?: readonly CodecPack[]
  /** Of WebP stills and the frames of animations. Default: `ownWebp()`; `libwebp()` of `@sluice/codecs/jsquash` to compare with. */
  readonly encoder?: StillEncoder
}

/** The encoder of this library, lossy or without loss (formats/webp/encode-still.ts has the rule). */
export const ownWebp = (): StillEncoder => encodeByContent

/**
 * The renderer of this library: JPEG, PNG, GIF, WebP, resizing and orientation in its own kernel, WebP out by
 * its own encoder, profiles of tables and inks by Little CMS, each image in fresh instances. Needs WebAssembly SIMD.
 *
 * @throws Error where the runtime has no SIMD, naming `jsquashRenderer()`; where a module is missing, naming its file
 */
export function kernelRenderer({ codecs = [], encoder = ownWebp() }: KernelOptions = {}): Renderer {
  if (!hasSimd())
    throw new Error(
      'kernelRenderer() needs WebAssembly SIMD, which this runtime lacks: use jsquashRenderer() ' +
        'of @sluice/codecs/jsquash',
    )
  checkModules(['kernel', 'encoder', 'lcms'])
  return composeRenderer({
    name: 'kernel',
    codecs,
    decoders: [jpegDecoder, pngDecoder, gifDecoder, webpDecoder],
    resizer: kernelResizer,
    colour: iccColour,
    encoders: [animatedWebpEncoder(encoder), gifEncoder],
  })
}
