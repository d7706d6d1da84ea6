import { UploadError } from '@sluice/core'
import { repackAvif } from '@sluice/core/containers'
import { limitsOf } from '../../budget.js'
import type { Decoder } from '../../codec.js'
import { stillFrames } from '../../compose/still.js'
import { cut } from '../../pixels/changes.js'
import { heifPrice } from '../../prices.js'
import { decodeAvif } from './decode-avif.js'

/**
 * AVIF: a still, or the one that stands for a sequence. The codec gets it in a container of our own, so that
 * none of its parser reads a stranger's, or misreads it: libavif 1.0 refuses what has no `pixi` and takes tiles in the order
 * of their numbers. It knows no clean aperture, which is cut out here, and no
 * turns, which the renderer does.
 */
export const avifDecoder: Decoder = {
  format: 'avif',
  async decode(source, { budget }) {
    const { width, height, heif } = source.header
    const decoded = await decodeAvif(repackAvif(source.bytes), limitsOf(budget, heifPrice('avif', source)))
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
