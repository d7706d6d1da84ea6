import { simd } from '@sluice/sandbox'
import { checkModules } from '#jsquash-modules'
import type { StillEncoder } from './codec.js'
import type { CodecPack, CodecPackModule } from './codec-pack.js'
import { jpegDecoder } from './formats/jpeg/mozjpeg.js'
import { pngDecoder } from './formats/png/rust-png.js'
import { animatedWebpDecoder } from './formats/webp/animated-decoder.js'
import { animatedWebpEncoder } from './formats/webp/animated-encoder.js'
import { webpDecoder } from './formats/webp/libwebp/decoder.js'
import { libwebp as libwebpStill } from './formats/webp/libwebp/encoder.js'
import { jsquashResizer } from './resize/jsquash.js'

/*
 * The codecs of jSquash, each a part of its own, in the same sandbox as ours: for `composeRenderer`,
 * `kernelRenderer` and `workerPool`. docs/codecs.md says which of them are on the default path, and why the
 * others are not. Each throws an Error where its module is missing, naming the file.
 */

/** `@jsquash/jpeg`, decoding: mozjpeg. Refuses CMYK and arithmetic coding. For writing JPEG there is `@sluice/codecs/jpeg`. */
export function jpeg(): CodecPack {
  checkModules(['jpeg-dec'])
  return { decoders: [jpegDecoder], module: here('jpeg') }
}

/** `@jsquash/png`, decoding: the png crate of Rust. Refuses animations. For writing, `@sluice/codecs/png`. */
export function png(): CodecPack {
  checkModules(['png'])
  return { decoders: [pngDecoder], module: here('png') }
}

export interface WebpPackOptions {
  /** Whether libwebp reads uploads too, or only writes. Default: true. */
  readonly decode?: boolean
}

/** `@jsquash/webp`: libwebp, in and out, stills and, around them, animations. */
export function webp({ decode = true }: WebpPackOptions = {}): CodecPack {
  checkModules(decode ? ['webp-dec', encoderModule()] : [encoderModule()])
  return {
    decoders: decode ? [animatedWebpDecoder(webpDecoder)] : [],
    encoders: [animatedWebpEncoder(libwebpStill)],
    module: { ...here('webp'), options: { decode } },
  }
}

/** Libwebp 1.1 alone, as `encoder` of `kernelRenderer`: to compare with. */
export function libwebp(): StillEncoder {
  checkModules([encoderModule()])
  return libwebpStill
}

function encoderModule() {
  return simd() ? 'webp-enc-simd' : 'webp-enc'
}

/** `@jsquash/resize`, Lanczos3. A crop is rounded to whole pixels. */
export function resize(): CodecPack {
  checkModules(['resize'])
  return { resizer: jsquashResizer, module: here('resize') }
}

function here(name: string): CodecPackModule {
  return { url: () => new URL('../dist/jsquash.js', import.meta.url), name }
}

/*
 * By themselves: one file in, one picture out, in an instance with limits of its own. Nothing looks at the
 * header first; for uploads take a renderer.
 */
export { decodeJpeg } from './formats/jpeg/mozjpeg.js'
export { decodePng } from './formats/png/rust-png.js'
export { decodeWebp } from './formats/webp/libwebp/decoder.js'
export { encodeWebp, type WebpOptions } from './formats/webp/libwebp/encode-webp.js'
export { jsquashRenderer } from './renderers/jsquash.js'
export { resize as resizePixels } from './resize/squoosh-resize.js'
export type { Decoded } from './wasm/decoded.js'
