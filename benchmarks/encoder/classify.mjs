// Whether a picture is a photograph or a graphic, by its pixels alone: which pictures a measurement takes.

/** @import { Texture } from '../types.js' */

const SOFT = 8
const HARD = 64
/** Rows looked at, spread evenly: enough for shares within some percent. */
const SAMPLED_ROWS = 256

/**
 * @param {Uint8Array | Uint8ClampedArray} rgba @param {number} width @param {number} height
 * @returns {Texture}
 */
export function texture(rgba, width, height) {
  const words = new Uint8Array(rgba.buffer, rgba.byteOffset, rgba.length)
  const step = Math.max(1, Math.floor(height / SAMPLED_ROWS))
  let pairs = 0
  let soft = 0
  let smooth = 0
  let hard = 0
  let different = 0
  for (let y = step >> 1; y < height; y += step) {
    let at = y * width * 4
    for (let x = 1; x < width; x++, at += 4) {
      pairs++
      const far = distance(words, at)
      if (far === 0) continue
      different++
      if (far === 1) smooth++
      if (far <= SOFT) soft++
      else if (far > HARD) hard++
    }
  }
  return pairs && different
    ? {
        equal: 1 - different / pairs,
        soft: soft / different,
        smooth: smooth / different,
        hard: hard / different,
      }
    : { equal: 1, soft: 0, smooth: 0, hard: 0 }
}

/** At least so many equal pixels, and at most so many soft steps between the others, are drawn. */
const DRAWN = 0.4
const SHADED = 0.5
/** So many equal pixels, with few leaps of ink between them, or so many that hardly anything else is left. */
const BARE = 0.65
const INKED = 0.2
const EMPTY = 0.95
/** So many steps of one among those not equal: no camera's grain lets that through. */
const GRAINLESS = 0.7

/**
 * Drawn pictures (screenshots, diagrams, text, palettes) repeat pixels exactly and change in leaps; rendered
 * ones (gradients, shaded charts, cut-outs on nothing) are bare or without grain. Very smooth photographs count
 * as graphics, and text that was scaled down as neither.
 * @param {Uint8Array | Uint8ClampedArray} rgba @param {number} width @param {number} height
 * @returns {'photograph' | 'graphic'}
 */
export function classify(rgba, width, height) {
  const { equal, soft, smooth, hard } = texture(rgba, width, height)
  const drawn = equal >= DRAWN && soft < SHADED
  const bare = equal >= EMPTY || (equal >= BARE && hard < INKED)
  return drawn || bare || smooth >= GRAINLESS ? 'graphic' : 'photograph'
}

/**
 * Largest difference of a channel between the pixel at `at` and the next; none between two invisible ones.
 * @param {Uint8Array} p @param {number} at
 */
function distance(p, at) {
  const alpha = Math.abs(p[at + 3] - p[at + 7])
  if (alpha === 0 && p[at + 3] === 0) return 0
  const r = Math.abs(p[at] - p[at + 4])
  const g = Math.abs(p[at + 1] - p[at + 5])
  const b = Math.abs(p[at + 2] - p[at + 6])
  return Math.max(r, g, b, alpha)
}
