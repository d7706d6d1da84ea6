import type { Rectangle } from '@sluice/core'
import type { Size } from '../codec.js'

/** The whole pixels nearest to a crop, at least one: for resizers that know no fractions. */
export function wholePixels({ x, y, width, height }: Rectangle, picture: Size): Rectangle {
  const [left, wide] = nearest(x, width, picture.width)
  const [top, high] = nearest(y, height, picture.height)
  return { x: left, y: top, width: wide, height: high }
}

function nearest(from: number, length: number, limit: number): [from: number, length: number] {
  const start = Math.min(Math.round(from), limit - 1)
  return [start, Math.max(1, Math.min(Math.round(from + length), limit) - start)]
}
