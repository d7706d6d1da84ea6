import { throwCode } from '../errors.js'
import { copyIn, copyOut, type Kernel, run } from '../instance.js'
import { applyPlan, type Plan } from '../plan.js'

export interface JpegPixels {
  /** Four bytes per pixel, row-major, upright. RGBA with alpha 255; or cyan, magenta, yellow, black. */
  readonly pixels: Uint8Array<ArrayBuffer>
  readonly width: number
  readonly height: number
  /**
   * `cmyk` for files with four components: 255 is full ink, also where the file stores it inverted, as files with
   * an Adobe marker do. Converting to RGB needs the file's profile and is left to the caller.
   */
  readonly space: 'rgb' | 'cmyk'
}

/**
 * Decodes, scales, crops and turns a JPEG (ITU-T T.81; baseline, extended or progressive, by Huffman's or
 * arithmetic coding, 8 bits). Damaged and incomplete files are refused, never patched up.
 *
 * @throws KernelError
 */
export function decodeJpeg(kernel: Kernel, file: Uint8Array, plan: Plan): JpegPixels {
  return run(kernel, exports => {
    applyPlan(exports, plan)
    throwCode(exports.decodeJpeg(copyIn(kernel, file), file.length))
    const { width, height } = plan
    const space = exports.jpegIsCMYK() ? 'cmyk' : 'rgb'
    return { pixels: copyOut(kernel, width, height), width, height, space }
  })
}
