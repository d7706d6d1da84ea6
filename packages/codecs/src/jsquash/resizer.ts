import type { Rectangle } from '@sluice/core'
import type { Picture, Resizer } from '../codec.js'
import { limitsOf } from '../limits.js'
import { isOpaque, premultiply, unpremultiply } from '../pixels/alpha.js'
import { resize } from '../sandbox/index.js'

/**
 * Lanczos3 in gamma space as Pillow's `thumbnail`, on colours that were multiplied by alpha where there is any. The codec
 * knows no fractions of a pixel: a crop is rounded to whole ones.
 */
export const jsquashResizer: Resizer = {
  async resize(picture, { width, height, crop, alpha, budget }) {
    const part = crop ? cut(picture, crop) : picture
    const transparent = alpha && !isOpaque(part.pixels)
    const pixels = transparent ? premultiply(part.pixels) : part.pixels
    const resized = await resize(pixels, part.width, part.height, width, height, limitsOf(budget))
    return { width, height, pixels: transparent ? unpremultiply(resized.pixels) : resized.pixels }
  },
}

function cut(picture: Picture, crop: Rectangle): Picture {
  const [left, width] = wholePixels(crop.x, crop.width, picture.width)
  const [top, height] = wholePixels(crop.y, crop.height, picture.height)
  const pixels = new Uint8Array(4 * width * height)
  for (let row = 0; row < height; row++) {
    const from = 4 * ((top + row) * picture.width + left)
    pixels.set(picture.pixels.subarray(from, from + 4 * width), 4 * row * width)
  }
  return { width, height, pixels }
}

function wholePixels(from: number, length: number, limit: number): [from: number, length: number] {
  const start = Math.min(Math.round(from), limit - 1)
  return [start, Math.max(1, Math.min(Math.round(from + length), limit) - start)]
}
