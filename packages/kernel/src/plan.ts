import { KernelError } from './errors.js'
import type { KernelExports } from './instance.js'

/** A rectangle of the upright source in its pixels. Fractions are exact: a "cover" crop rarely is whole. */
export interface Crop {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What the result shall look like. */
export interface Plan {
  /** Size of the result in pixels, after orientation; 1 to 65,535. */
  readonly width: number
  readonly height: number
  /** Part of the source to show; all of it by default. Filters look past its edge where there is more picture. */
  readonly crop?: Crop
  /** Exif orientation of the stored picture, 1 to 8; 1 by default. The result is upright. */
  readonly orientation?: number
  /**
   * How many times the target's size must remain when the source is first reduced cheaply (DCT scaling, box
   * averages), at least 1. The default 2 is not told from a full Lanczos reduction; 1 is fastest.
   */
  readonly minOversampling?: number
  /**
   * Stored size of the source, before orientation, as its header was read before: a source of another size is refused
   * (`bad-arguments`) before any pixel is decoded. Not compared by default.
   */
  readonly source?: { readonly width: number; readonly height: number }
}

const MOST = 65_535

/** @throws KernelError `bad-arguments` */
export function applyPlan(exports: KernelExports, plan: Plan): void {
  const { width, height, crop, orientation = 1, minOversampling = 2, source } = plan
  const whole = [width, height, orientation].every(Number.isInteger) && width <= MOST && height <= MOST
  if (!whole || crop?.width === 0) throw new KernelError('bad-arguments')
  const { x, y, width: cropWidth, height: cropHeight } = crop ?? { x: 0, y: 0, width: 0, height: 0 }
  if (source) exports.expectSourceSize(source.width, source.height)
  exports.setPlan(width, height, orientation, minOversampling, x, y, cropWidth, cropHeight)
}
