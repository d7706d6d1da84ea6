import type { Renderer } from '@sluice/core'
import { simd } from '@sluice/sandbox'
import { checkModules as checkJsquash } from '#jsquash-modules'
import { checkModules } from '#modules'
import type { CodecPack } from '../codec-pack.js'
import { codecVersion } from '../codec-version.js'
import { iccColourBy } from '../colour/icc-colour.js'
import { inflateByRuntime } from '../colour/inflate-by-runtime.js'
import { composeRenderer } from '../compose/compose-renderer.js'
import { gifEncoder } from '../formats/gif/encoder.js'
import { jpegDecoder } from '../formats/jpeg/mozjpeg.js'
import { pngDecoder } from '../formats/png/rust-png.js'
import { animatedWebpDecoder } from '../formats/webp/animated-decoder.js'
import { animatedWebpEncoder } from '../formats/webp/animated-encoder.js'
import { webpDecoder } from '../formats/webp/libwebp/decoder.js'
import { libwebp } from '../formats/webp/libwebp/encoder.js'
import { jsquashResizer } from '../resize/jsquash.js'

/**
 * JPEG, PNG and WebP by the codecs of jSquash, each call in a fresh instance: for runtimes without SIMD, and
 * to compare with. Reads no GIF, no animated PNG, no CMYK and no arithmetic coding. Resizing holds 8 bytes a pixel beside the
 * decoded 4: with a policy of `memoryMb: 512` that is some 40 megapixels, with the default of 96 some 7.
 */
export function jsquashRenderer({ codecs = [] }: { readonly codecs?: readonly CodecPack[] } = {}): Renderer {
  checkJsquash(['jpeg-dec', 'png', 'webp-dec', 'resize', simd() ? 'webp-enc-simd' : 'webp-enc'])
  checkModules(['lcms'])
  return composeRenderer({
    name: 'jsquash',
    // Libwebp without SIMD makes other bytes: two machines may differ, so that no upload is named by its id.
    codecVersion: simd() ? `jsquash-${codecVersion}` : undefined,
    codecs,
    decoders: [jpegDecoder, pngDecoder, animatedWebpDecoder(webpDecoder)],
    resizer: jsquashResizer,
    colour: iccColourBy(inflateByRuntime),
    encoders: [animatedWebpEncoder(libwebp), gifEncoder],
  })
}
