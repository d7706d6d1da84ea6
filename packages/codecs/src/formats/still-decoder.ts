import { type Format, type Header, readHeader, UploadError } from '@sluice/core'
import { ByteReader } from '@sluice/core/bytes'
import type { Limits } from '@sluice/sandbox'
import { limitsOf } from '../budget.js'
import type { Decoder, Frames, Source } from '../codec.js'
import { stillFrames } from '../compose/still.js'
import { jsquashPrice } from '../prices.js'
import type { Decoded } from '../wasm/decoded.js'

interface Still {
  readonly format: Extract<Format, 'jpeg' | 'png' | 'webp'>
  readonly decode: (bytes: Uint8Array, limits: Limits) => Promise<Decoded>
  /** Names the kind of image that the codec cannot draw right. */
  readonly unsupported?: (header: Header) => string | undefined
}

/** A decoder around a codec of jSquash, which takes a whole file and gives a whole picture. */
export function stillDecoder({ format, decode, unsupported }: Still): Decoder {
  return {
    format,
    async decode(source, { budget, animated }) {
      const { bytes, header } = source
      const kind = animated ? 'animation' : unsupported?.(header)
      if (kind) throw new UploadError('unsupported-kind', { kind }, { stage: 'render' })
      checkStoredSize(source)
      const { width, height, bitDepth, colour } = header
      // Of a lossless WebP there are two for a while.
      const bytesPerPixel = bitDepth > 8 || (format === 'webp' && colour !== 'ycc') ? 8 : 4
      const limits = limitsOf(budget, jsquashPrice(format, source), bytesPerPixel * width * height)
      return asFrames(await decode(bytes, limits))
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
function isHarmless(warning: string): boolean {
  return /^Corrupt JPEG data: \d+ extraneous bytes before marker/.test(warning)
}

/** A picture in a decoder's memory as frames. A warning of the decoder is a refusal. */
export function asFrames(decoded: Decoded): Frames {
  const { width, height, pixels, warnings, release } = decoded
  if (!warnings.every(isHarmless)) {
    release()
    throw new UploadError('decode-failed', {}, { detail: warnings.join('; ') })
  }
  return stillFrames({ width, height, pixels }, { upright: false, model: 'rgba' }, release)
}
