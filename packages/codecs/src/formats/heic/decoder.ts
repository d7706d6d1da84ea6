import { UploadError } from '@sluice/core'
import { limitsOf } from '../../budget.js'
import type { Decoder } from '../../codec.js'
import { stillFrames } from '../../compose/still.js'
import { heifPrice } from '../../prices.js'
import { decodeHeic } from './decode-heic.js'

/** The primary picture of a HEIC, which libheif gives upright. */
export const heicDecoder = (load: () => Promise<WebAssembly.Module>): Decoder => ({
  format: 'heic',
  async decode(source, { budget }) {
    const decoded = decodeHeic(await load(), source.bytes, limitsOf(budget, heifPrice('heic', source)))
    if (decoded.warnings.length > 0) {
      decoded.release()
      throw new UploadError('decode-failed', {}, { detail: decoded.warnings.join('; ') })
    }
    return stillFrames(decoded, { upright: true, model: 'rgba' }, decoded.release)
  },
})
