// How far a picture is from what it ought to be, and where.
import { compare } from '../encoder/metrics/metrics.mjs'

/** @import { Picture } from '../types.js' */

/** Below this many pixels a side, SSIM's window sees nothing but edges. */
const LEAST_SIDE = 16
/** Edge of the part that the page magnifies. */
export const CROP = 40

/**
 * The least SSIM over white and over black, 0 to 1; undefined for tiny pictures and other sizes.
 * @param {Picture} reference @param {Picture} picture
 */
export function ssimOf(reference, picture) {
  const { width, height } = reference
  if (width !== picture.width || height !== picture.height || Math.min(width, height) < LEAST_SIDE)
    return undefined
  const grounds = isOpaque(reference) && isOpaque(picture) ? [0] : [0, 255]
  const each = grounds.map(
    ground => compare(over(reference.rgba, ground), over(picture.rgba, ground), width, height).ssim,
  )
  return 1 - 10 ** (-Math.min(...each) / 10)
}

/**
 * Upper left of the CROP x CROP pixels that differ most.
 * @param {Picture} reference @param {Picture} picture
 */
export function worstPlace(reference, picture) {
  const { width, height } = reference
  if (width !== picture.width || height !== picture.height) return { x: 0, y: 0 }
  const [a, b] = [over(reference.rgba, 128), over(picture.rgba, 128)]
  const step = CROP / 2
  let worst = { x: 0, y: 0, sum: -1 }
  for (let y = 0; y === 0 || y + CROP <= height; y += step) {
    for (let x = 0; x === 0 || x + CROP <= width; x += step) {
      const sum = squares(a, b, width, x, y, Math.min(width, x + CROP), Math.min(height, y + CROP))
      if (sum > worst.sum) worst = { x, y, sum }
    }
  }
  return { x: worst.x, y: worst.y }
}

/**
 * @param {Uint8Array} a @param {Uint8Array} b @param {number} width
 * @param {number} left @param {number} top @param {number} right @param {number} bottom
 */
function squares(a, b, width, left, top, right, bottom) {
  let sum = 0
  for (let y = top; y < bottom; y++) {
    for (let i = (y * width + left) * 4; i < (y * width + right) * 4; i++) sum += (a[i] - b[i]) ** 2
  }
  return sum
}

/** @param {Picture} picture */
function isOpaque({ rgba }) {
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] < 255) return false
  return true
}

/** @param {Uint8Array} rgba @param {number} ground */
function over(rgba, ground) {
  return rgba.map((value, i) => {
    if ((i & 3) === 3) return 255
    return Math.round((value * rgba[i | 3] + ground * (255 - rgba[i | 3])) / 255)
  })
}
