import { throwCode } from '../errors.js'
import { copyIn, copyOut, type Kernel, run } from '../instance.js'
import { applyPlan, type Plan } from '../plan.js'
import type { Pixels } from '../resize.js'
import { type Animation, drawFrames } from './animation.js'

const MS_PER_DELAY_UNIT = 10

/**
 * Decodes, scales, crops and turns the first image of a GIF (87a or 89a) on its screen, which is transparent where
 * the image does not cover it. Rows go straight into the resizer; only an interlaced image is held whole, a byte
 * per pixel.
 *
 * @throws KernelError
 */
export function decodeGif(kernel: Kernel, file: Uint8Array, plan: Plan): Pixels {
  return run(kernel, exports => {
    applyPlan(exports, plan)
    throwCode(exports.openGif(copyIn(kernel, file), file.length))
    throwCode(exports.decodeGif())
    const { width, height } = plan
    return { pixels: copyOut(kernel, width, height), width, height }
  })
}

/**
 * The frames of a GIF as browsers show them, each decoded, put together, scaled, cropped and turned: disposal
 * clears to transparent, and no background colour is drawn. At most the screen twice is held.
 *
 * @throws KernelError
 */
export function gifFrames(kernel: Kernel, file: Uint8Array, plan: Plan): Animation {
  return run(kernel, exports => {
    applyPlan(exports, plan)
    throwCode(exports.openGif(copyIn(kernel, file), file.length))
    const { width, height } = plan
    const frameCount = exports.gifFrameCount.value
    const frames = drawFrames(
      kernel,
      plan,
      frameCount,
      ({ nextGifFrame }) => nextGifFrame(),
      ({ gifDelay }) => gifDelay.value * MS_PER_DELAY_UNIT,
    )
    return { width, height, frameCount, plays: exports.gifPlays.value, [Symbol.iterator]: () => frames }
  })
}
