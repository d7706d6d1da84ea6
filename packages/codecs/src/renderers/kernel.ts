import type { Renderer } from '@sluice/core'
import { hasSimd } from '@sluice/kernel'
import { checkModules } from '#modules'
import type { StillEncoder } from '../codec.js'
import type { CodecPack } from '../codec-pack.js'
import { codecVersion } from '../codec-version.js'
import { iccColour } from '../colour/icc-colour.js'
import { composeRenderer } from '../compose/compose-renderer.js'
import { gifDecoder } from '../formats/gif/decoder.js'
import { gifEncoder } from '../formats/gif/encoder.js'
import { jpegDecoder } from '../formats/jpeg/kernel.js'
import { pngDecoder } from '../formats/png/kernel.js'
import { animatedWebpEncoder } from '../formats/webp/animated-encoder.js'
import { encodeByContent, losslessOr } from '../formats/webp/encode-still.js'
import { webpDecoder } from '../formats/webp/kernel.js'
import { libwebp as libwebpLossy } from '../formats/webp/libwebp.js'
import { kernelResizer } from '../resize/kernel.js'

export interface KernelOptions {
  /**
   * Codecs of further formats, `avif()` and `heic()`, or others for the same: those of
   * `@sluice/codecs/jsquash`.
   */
  readonly codecs?: readonly CodecPack[]
  /** Of lossy WebP stills. Default: `ownWebp()`; `libwebp()` to compare with. */
  readonly encoder?: StillEncoder
}

/** Libwebp 1.1 as jSquash builds it, lossy. */
export const libwebp = (): StillEncoder => libwebpLossy

/** What somebody else brings is not ours to give a version. */
function codecsOf(encoder: StillEncoder): string | undefined {
  if (encoder === encodeByContent) return `kernel-${codecVersion}`
  return encoder === libwebpLossy ? `kernel-libwebp-${codecVersion}` : undefined
}

/** The encoder of this library; libwebp where that is better (formats/webp/encode-still.ts has the rule). */
export const ownWebp = (): StillEncoder => encodeByContent

/**
 * The renderer of this library: JPEG, PNG, GIF, WebP, resizing and orientation in its own kernel, WebP out by
 * its own encoder, colours by Little CMS, each image in fresh instances. Needs WebAssembly SIMD.
 *
 * @throws Error where the runtime has no SIMD, naming `jsquashRenderer()`; where a module is missing, naming its file
 */
export function kernelRenderer({ codecs = [], encoder = ownWebp() }: KernelOptions = {}): Renderer {
  if (!hasSimd())
    throw new Error(
      'kernelRenderer() needs WebAssembly SIMD, which this runtime lacks: use jsquashRenderer() ' +
        'of @sluice/codecs/jsquash',
    )
  checkModules(['kernel', 'encoder', 'lcms', 'webp-enc-simd'])
  return composeRenderer({
    name: 'kernel',
    codecVersion: codecsOf(encoder),
    codecs,
    decoders: [jpegDecoder, pngDecoder, gifDecoder, webpDecoder],
    resizer: kernelResizer,
    colour: iccColour,
    encoders: [animatedWebpEncoder(losslessOr(encoder)), gifEncoder],
  })
}
