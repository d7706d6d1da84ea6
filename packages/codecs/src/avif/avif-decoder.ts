import { UploadError } from '@sluice/core'
import type { Decoder, Source } from '../codec.js'
import { limitsOf, type Price } from '../limits.js'
import { cut } from '../pixels/changes.js'
import { stillFrames } from '../still-frames.js'
import { decodeAvif } from './decode-avif.js'

// Above what any honest file took; headroom comes on top. `perMs` as in limits.ts.
const PRICE = { start: 6e6, pixel: 150, byte: 400, perMs: 80_000 }

/** Fuel that decoding takes at most. */
function priceOf({ header, bytes }: Source): Price {
  const planes = header.alpha ? 2 : 1
  const fuel = PRICE.start + PRICE.pixel * planes * header.totalPixels + PRICE.byte * bytes.length
  return { fuel, perMs: PRICE.perMs }
}

/**
 * AVIF: a still, or the one that stands for a sequence. The codec knows no clean aperture, which is cut out here, and no
 * turns, which the renderer does.
 */
export const avifDecoder: Decoder = {
  format: 'avif',
  async decode(source, { budget }) {
    const { width, height, heif } = source.header
    const decoded = await decodeAvif(source.bytes, limitsOf(budget, priceOf(source)))
    const about = { upright: false, model: 'rgba' } as const
    if (heif?.coded.width !== decoded.width || heif.coded.height !== decoded.height) {
      decoded.release()
      throw disagreement(`${decoded.width} x ${decoded.height}, not what the header says`)
    }
    if (decoded.warnings.length > 0) {
      decoded.release()
      throw disagreement(decoded.warnings.join('; '))
    }
    if (decoded.width === width && decoded.height === height)
      return stillFrames(decoded, about, decoded.release)
    const shown = cut(decoded, { ...heif.aperture, width, height })
    decoded.release()
    return stillFrames(shown, about)
  },
}

const disagreement = (detail: string) => new UploadError('decode-failed', {}, { detail })
