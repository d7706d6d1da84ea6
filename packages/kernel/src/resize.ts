import { KernelError, throwCode } from './errors.js'
import { allocate, copyOut, type Kernel, run } from './instance.js'
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

/** Rows are handed over in bands of about this many bytes, so the source is never in the kernel's memory whole. */
const BAND_BYTES = 1 << 20

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
    throwCode(exports.openResize(width, height, plan.opaque ? 0 : 1))
    const step = width * 4
    const rows = Math.min(height, Math.max(1, Math.floor(BAND_BYTES / step)))
    const band = allocate(kernel, rows * step)
    for (let y = 0; y < height; y += rows) {
      const part = pixels.subarray(y * step, (y + rows) * step)
      new Uint8Array(kernel.memory.buffer, band, part.length).set(part)
      exports.pushRows(band, part.length / step, step)
    }
    return { pixels: copyOut(kernel, plan.width, plan.height), width: plan.width, height: plan.height }
  })
}
