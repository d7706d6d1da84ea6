import { throwCode } from '../errors.js'
import { copyIn, copyOut, type Kernel, run } from '../instance.js'
import { applyPlan, type Plan } from '../plan.js'
import type { Pixels } from '../resize.js'
import { type Animation, drawFrames } from './animation.js'

/**
 * Decodes, scales, crops and turns a PNG (3rd edition; every colour type, depth and interlace method). Of an
 * animated one it is the default image. 16 bits are rounded to 8; gAMA, cHRM and profiles are left to the caller.
 * Rows go straight into the resizer; an interlaced picture is inflated twice, so that it need not be held whole.
 *
 * @throws KernelError
 */
export function decodePng(kernel: Kernel, file: Uint8Array, plan: Plan): Pixels {
  return run(kernel, exports => {
    applyPlan(exports, plan)
    throwCode(exports.openPng(copyIn(kernel, file), file.length))
    throwCode(exports.decodePng())
    const { width, height } = plan
    return { pixels: copyOut(kernel, width, height), width, height }
  })
}

export interface PngAnimation extends Animation {
  /**
   * The default image, which decodePng() gives, is not part of the animation (PNG 3rd edition, 4.9): it is only
   * for programs that know no animations, and not among the frames.
   */
  readonly defaultImageIsHidden: boolean
}

/**
 * The frames of an animated PNG, each decoded, put together, scaled, cropped and turned. A PNG without animation
 * has one frame, its image, with a delay of 0. At most the canvas twice is held besides what decodePng() needs.
 *
 * @throws KernelError
 */
export function pngFrames(kernel: Kernel, file: Uint8Array, plan: Plan): PngAnimation {
  return run(kernel, exports => {
    applyPlan(exports, plan)
    throwCode(exports.openPng(copyIn(kernel, file), file.length))
    const { width, height } = plan
    const count = exports.pngFrameCount.value
    const frames =
      count === 0
        ? drawFrames(
            kernel,
            plan,
            1,
            ({ decodePng }) => decodePng(),
            () => 0,
          )
        : drawFrames(
            kernel,
            plan,
            count,
            ({ nextPngFrame }) => nextPngFrame(),
            ({ pngDelayNumerator, pngDelayDenominator }) =>
              (1000 * pngDelayNumerator.value) / pngDelayDenominator.value,
          )
    return {
      width,
      height,
      frameCount: Math.max(1, count),
      plays: count === 0 ? 1 : exports.pngPlayCount.value,
      defaultImageIsHidden: count > 0 && exports.pngFirstControl.value === 0,
      [Symbol.iterator]: () => frames,
    }
  })
}
