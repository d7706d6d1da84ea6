import { KernelError, throwCode } from './errors.js'
import { allocate, type Kernel, run } from './instance.js'
import { applyPlan, type Plan } from './plan.js'

/** Pixels, four bytes each, row-major, tightly packed. */
export interface Pixels {
  readonly pixels: Uint8Array
  readonly width: number
  readonly height: number
}

export interface ResizePlan extends Plan {
  /**
   * The fourth byte is not alpha, or is 255 everywhere: it is filtered like the other three, which then need not be
   * weighted by it. False by default.
   */
  readonly opaque?: boolean
}

/** Rows go in and out in bands of about this many bytes: neither picture is ever in the kernel's memory whole. */
const BAND_BYTES = 1 << 18

const rowsOfBand = (step: number) => Math.max(1, Math.floor(BAND_BYTES / step))

/**
 * Scales, crops and turns RGBA (straight alpha) or CMYK pixels: separable Lanczos, premultiplied in between.
 *
 * @throws KernelError
 */
export function resize(kernel: Kernel, source: Pixels, plan: ResizePlan): Pixels {
  const { pixels, width, height } = source
  if (pixels.length !== width * height * 4) throw new KernelError('bad-arguments')
  return run(kernel, exports => {
    applyPlan(exports, plan)
    const window = rowsOfBand(plan.width * 4)
    throwCode(exports.openResize(width, height, plan.opaque ? 0 : 1, window))
    const step = width * 4
    const rows = Math.min(height, rowsOfBand(step))
    const band = allocate(kernel, rows * step)
    const result = kernel.zeros(plan.width * plan.height * 4)
    for (let y = 0, done = 0; done < result.length; ) {
      const part = pixels.subarray(y * step, (y + rows) * step)
      new Uint8Array(kernel.memory.buffer, band, part.length).set(part)
      const taken = exports.pushRows(band, part.length / step, step)
      const bytes = exports.takeRows() >>> 0
      // Each turn takes rows in or gives rows out, so it ends.
      if (!taken && !bytes) throw new KernelError('trap')
      y += taken
      result.set(new Uint8Array(kernel.memory.buffer, exports.outputPointer() >>> 0, bytes), done)
      done += bytes
    }
    return { pixels: result, width: plan.width, height: plan.height }
  })
}
