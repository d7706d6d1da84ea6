import type { Rectangle } from '@sluice/core'
import type { Resizer, Size } from '../codec.js'
import { limitsOf } from '../limits.js'
import { isOpaque, premultiply, unpremultiply } from '../pixels/alpha.js'
import { cut } from '../pixels/changes.js'
import { resize } from '../sandbox/index.js'

/**
 * Lanczos3 in gamma space as Pillow's `thumbnail`, on colours that were multiplied by alpha where there is any. The codec
 * knows no fractions of a pixel: a crop is rounded to whole ones.
 */
export const jsquashResizer: Resizer = {
  async resize(picture, { width, height, crop, alpha, budget }) {
    const part = crop ? cut(picture, rounded(crop, picture)) : picture
    const transparent = alpha && !isOpaque(part.pixels)
    const pixels = transparent ? premultiply(part.pixels) : part.pixels
    const resized = await resize(pixels, part.width, part.height, width, height, limitsOf(budget))
    return { width, height, pixels: transparent ? unpremultiply(resized.pixels) : resized.pixels }
  },
}

/** The whole pixels nearest to a crop. */
function rounded(crop: Rectangle, { width, height }: Size): Rectangle {
  const [x, wide] = wholePixels(crop.x, crop.width, width)
  const [y, high] = wholePixels(crop.y, crop.height, height)
  return { x, y, width: wide, height: high }
}

function wholePixels(from: number, length: number, limit: number): [from: number, length: number] {
  const start = Math.min(Math.round(from), limit - 1)
  return [start, Math.max(1, Math.min(Math.round(from + length), limit) - start)]
}
