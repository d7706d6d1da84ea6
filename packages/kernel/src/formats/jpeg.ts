import { KernelError, throwCode } from '../errors.js'
import { copyIn, copyOut, type Kernel, run } from '../instance.js'
import { applyPlan, type Plan } from '../plan.js'

export interface JpegPixels {
  /** Four bytes per pixel, row-major, upright. RGBA with alpha 255; or cyan, magenta, yellow, black. */
  readonly pixels: Uint8Array<ArrayBuffer>
  readonly width: number
  readonly height: number
  /**
   * `cmyk` for files with four components that came without an ink table: 255 is full ink, also where the file stores
   * it inverted, as files with an Adobe marker do.
   */
  readonly space: 'rgb' | 'cmyk'
}

/** What inks look like, at the nodes of a grid over cyan, magenta, yellow and black. */
export interface InkTable {
  /** Along each ink, from none to full: 2 to 33. */
  readonly nodes: number
  /** RGBA of `nodes` to the power of four colours; black runs fastest, cyan slowest. The fourth byte is not looked at. */
  readonly colours: Uint8Array
}

/**
 * Decodes, scales, crops and turns a JPEG (ITU-T T.81; baseline, extended or progressive, by Huffman's or
 * arithmetic coding, 8 bits). Damaged and incomplete files are refused, never patched up.
 *
 * @param inks four components become RGB by it, before they are scaled: a mean of inks is not the ink of a mean
 * @throws KernelError
 */
export function decodeJpeg(kernel: Kernel, file: Uint8Array, plan: Plan, inks?: InkTable): JpegPixels {
  return run(kernel, exports => {
    applyPlan(exports, plan)
    if (inks) {
      if (inks.colours.length !== 4 * inks.nodes ** 4) throw new KernelError('bad-arguments')
      throwCode(exports.setInkTable(copyIn(kernel, inks.colours), inks.nodes))
    }
    throwCode(exports.decodeJpeg(copyIn(kernel, file), file.length))
    const { width, height } = plan
    const space = exports.jpegIsCMYK() ? 'cmyk' : 'rgb'
    return { pixels: copyOut(kernel, width, height), width, height, space }
  })
}
