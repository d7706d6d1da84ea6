import { UploadError } from '@sluice/core'
import type { Decoder, Source } from '../codec.js'
import { limitsOf, type Price } from '../limits.js'
import { stillFrames } from '../still-frames.js'
import { decodeHeic } from './decode-heic.js'

// Above what any honest file took; headroom comes on top. `perMs` as in limits.ts.
const PRICE = { start: 5e6, pixel: 40, byte: 120, perMs: 50_000 }

/** Fuel that decoding takes at most. */
function priceOf({ header, bytes }: Source): Price {
  const planes = header.alpha ? 2 : 1
  const fuel = PRICE.start + PRICE.pixel * planes * header.totalPixels + PRICE.byte * bytes.length
  return { fuel, perMs: PRICE.perMs }
}

/** The primary picture of a HEIC, which libheif gives upright. */
export const heicDecoder = (load: () => Promise<WebAssembly.Module>): Decoder => ({
  format: 'heic',
  async decode(source, { budget }) {
    const decoded = decodeHeic(await load(), source.bytes, limitsOf(budget, priceOf(source)))
    if (decoded.warnings.length > 0) {
      decoded.release()
      throw new UploadError('decode-failed', {}, { detail: decoded.warnings.join('; ') })
    }
    return stillFrames(decoded, { upright: true, model: 'rgba' }, decoded.release)
  },
})
