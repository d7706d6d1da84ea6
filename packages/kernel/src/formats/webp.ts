import { throwCode } from '../errors.js'
import { copyIn, copyOut, type Kernel, run } from '../instance.js'
import { applyPlan, type Plan } from '../plan.js'
import type { Pixels } from '../resize.js'
import { type Animation, drawFrames } from './animation.js'

/**
 * Decodes, scales, crops and turns a WebP (RFC 9649; lossy by RFC 6386): the picture of a still file, or the
 * first frame of an animation on its canvas. Rows go straight into the resizer, and only what later rows are
 * told by is held: two rows of macroblocks, or as many pixels as copies reach, 8 MiB. At full size the pixels
 * are those of libwebp.
 *
 * @throws KernelError
 */
export function decodeWebp(kernel: Kernel, file: Uint8Array, plan: Plan): Pixels {
  return run(kernel, exports => {
    applyPlan(exports, plan)
    throwCode(exports.openWebp(copyIn(kernel, file), file.length))
    throwCode(exports.decodeWebp())
    const { width, height } = plan
    return { pixels: copyOut(kernel, width, height), width, height }
  })
}

/**
 * The frames of a WebP as browsers show them, each decoded, put together, scaled, cropped and turned:
 * disposal clears to transparent, and no background colour is drawn. A still file has one frame with a delay
 * of 0. The canvas is held.
 *
 * @throws KernelError
 */
export function webpFrames(kernel: Kernel, file: Uint8Array, plan: Plan): Animation {
  return run(kernel, exports => {
    applyPlan(exports, plan)
    throwCode(exports.openWebp(copyIn(kernel, file), file.length))
    const { width, height } = plan
    const count = exports.webpFrameCount.value
    const frames =
      count === 0
        ? drawFrames(
            kernel,
            plan,
            1,
            ({ decodeWebp }) => decodeWebp(),
            () => 0,
          )
        : drawFrames(
            kernel,
            plan,
            count,
            ({ nextWebpFrame }) => nextWebpFrame(),
            ({ webpDelay }) => webpDelay.value,
          )
    return {
      width,
      height,
      frameCount: Math.max(1, count),
      plays: exports.webpPlays.value,
      [Symbol.iterator]: () => frames,
    }
  })
}
