import { type Header, type PlannedOutput, type Rectangle, uprightSize } from '@sluice/core'
import type { Size } from '../codec.js'

/** The smallest upright size of the whole picture from which every output can be made without enlarging. */
export function targetSize(header: Header, outputs: readonly PlannedOutput[]): Size {
  const full = uprightSize(header)
  return {
    width: Math.min(full.width, Math.max(...outputs.map(o => spread(o.width, full.width, o.crop?.width)))),
    height: Math.min(
      full.height,
      Math.max(...outputs.map(o => spread(o.height, full.height, o.crop?.height))),
    ),
  }
}

/** How long the whole side is when its shown part has `length` pixels. */
function spread(length: number, full: number, shown: number | undefined): number {
  // The crop is a quotient: a rounding error of the last bit must not cost a pixel.
  return shown === undefined ? length : Math.ceil((length * full) / shown - 1e-6)
}

/** A crop of the full picture, in the pixels of a scaled one. */
export function scaleCrop(crop: Rectangle, full: Size, scaled: Size): Rectangle {
  const x = scaled.width / full.width
  const y = scaled.height / full.height
  return { x: crop.x * x, y: crop.y * y, width: crop.width * x, height: crop.height * y }
}
