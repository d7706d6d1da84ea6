import { throwCode } from '../errors.js'
import { copyOut, type Kernel, type KernelExports, proceed } from '../instance.js'
import type { Plan } from '../plan.js'

/** One finished frame: the whole picture as it is shown, not what changed. */
export interface Frame {
  /** RGBA, straight alpha, row-major, upright, of the plan's size. */
  readonly pixels: Uint8Array<ArrayBuffer>
  /** How long it is shown, in milliseconds, as the file says: also 0, and fractions. */
  readonly delayMs: number
}

/**
 * Frames are drawn one at a time, when they are asked for, so that a long animation takes the memory of one. They
 * can be gone through once. A damaged frame throws a KernelError when its turn comes.
 */
export interface Animation extends Iterable<Frame> {
  readonly width: number
  readonly height: number
  readonly frameCount: number
  /** How often it is shown; 0 for ever. */
  readonly plays: number
}

/** Goes through the frames of a file that was opened. `next` draws one. */
export function* drawFrames(
  kernel: Kernel,
  { width, height }: Plan,
  count: number,
  next: (exports: KernelExports) => number,
  delayMs: (exports: KernelExports) => number,
): Generator<Frame, void> {
  for (let i = 0; i < count; i++) {
    yield proceed(kernel, exports => {
      throwCode(next(exports))
      return { pixels: copyOut(kernel, width, height), delayMs: delayMs(exports) }
    })
  }
}
