import { limitsOf } from '../budget.js'
import type { Resizer } from '../codec.js'
import { packPrice } from '../encoder-prices.js'
import { isOpaque, premultiply, unpremultiply } from '../pixels/alpha.js'
import { cut } from '../pixels/changes.js'
import { wholePixels } from '../pixels/whole-pixels.js'
import { resize } from './squoosh-resize.js'

/**
 * Lanczos3 in gamma space as Pillow's `thumbnail`, on colours that were multiplied by alpha where there is any. The codec
 * knows no fractions of a pixel: a crop is rounded to whole ones.
 */
export const jsquashResizer: Resizer = {
  async resize(picture, { width, height, crop, alpha, budget }) {
    const part = crop ? cut(picture, wholePixels(crop, picture)) : picture
    const transparent = alpha && !isOpaque(part.pixels)
    const pixels = transparent ? premultiply(part.pixels) : part.pixels
    const limits = limitsOf(budget, packPrice('resize'), 2 * pixels.length)
    const resized = await resize(pixels, part.width, part.height, width, height, limits)
    return { width, height, pixels: transparent ? unpremultiply(resized.pixels) : resized.pixels }
  },
}
