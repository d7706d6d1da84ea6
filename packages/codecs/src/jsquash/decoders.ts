import { type Header, readHeader, UploadError } from '@sluice/core'
import { ByteReader } from '@sluice/core/bytes'
import type { Decoder, Frames, Source } from '../codec.js'
import { limitsOf } from '../limits.js'
import { type Decoded, decodeJpeg, decodePng, decodeWebp, type Limits } from '../sandbox/index.js'
import { stillFrames } from '../still-frames.js'
import { onlyPixelChunks } from './png-chunks.js'
import { priceOf } from './price.js'

type Decode = (bytes: Uint8Array, limits: Limits) => Promise<Decoded>

/** Mozjpeg 3.3: Huffman-coded grey and three-component JPEGs of 8 bits. */
export const jpegDecoder = stillDecoder('jpeg', decodeJpeg, ({ colour }) =>
  colour === 'cmyk' || colour === 'ycck' ? 'CMYK JPEG' : undefined,
)
/** The png crate of Rust: every kind of still PNG. It refuses over chunks that say nothing about the pixels. */
export const pngDecoder = stillDecoder('png', (bytes, limits) => decodePng(onlyPixelChunks(bytes), limits))
/** Libwebp 1.1: lossy and lossless stills. */
export const webpDecoder = stillDecoder('webp', decodeWebp)

/** @param unsupported names the kind of image that the codec cannot draw rightly */
function stillDecoder(
  format: 'jpeg' | 'png' | 'webp',
  decode: Decode,
  unsupported: (header: Header) => string | undefined = () => undefined,
): Decoder {
  return {
    format,
    async decode(source, { budget, animated }) {
      const kind = animated ? 'animation' : unsupported(source.header)
      if (kind) throw new UploadError('unsupported-kind', { kind }, { stage: 'render' })
      checkStoredSize(source)
      const { width, height, bitDepth, colour } = source.header
      // Of a lossless WebP there are two for a while.
      const bytesPerPixel = bitDepth > 8 || (format === 'webp' && colour !== 'ycc') ? 8 : 4
      const limits = limitsOf(budget, priceOf(format, source), bytesPerPixel * width * height)
      return asFrames(await decode(source.bytes, limits))
    },
  }
}

/**
 * The codecs cannot be asked for the size before they decode: it is read from the file again, and compared with what the
 * image was priced by.
 */
function checkStoredSize({ bytes, format, header }: Source): void {
  const { width, height } = readHeader(format, new ByteReader(bytes), { maxPixels: Number.MAX_SAFE_INTEGER })
  if (width === header.width && height === header.height) return
  const detail = `the file has ${width} x ${height}, the header said ${header.width} x ${header.height}`
  throw new UploadError('decode-failed', {}, { detail })
}

/** Mozjpeg's words for filler between the last data and a marker, which the standard allows to skip (T.81, B.1.1.2). */
const isHarmless = (warning: string) => /^Corrupt JPEG data: \d+ extraneous bytes before marker/.test(warning)

/** A picture in a decoder's memory as frames. A warning of the decoder is a refusal. */
export function asFrames(decoded: Decoded): Frames {
  const { width, height, pixels, warnings, release } = decoded
  if (!warnings.every(isHarmless)) {
    release()
    throw new UploadError('decode-failed', {}, { detail: warnings.join('; ') })
  }
  return stillFrames({ width, height, pixels }, { upright: false, model: 'rgba' }, release)
}
