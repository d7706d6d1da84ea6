// Which transforms are tried.
import { pictureHeight, pictureWidth } from './buffers'
import { colours, packingBits } from './transforms/palette'

export const PALETTE: u8 = 1
export const GREEN: u8 = 2
export const PREDICT: u8 = 4
export const CROSS: u8 = 8
/** What is predicted has the palette in order of nearness. */
export const NEAREST: u8 = 16
/** In order of how often colours meet. */
export const MEETINGS: u8 = 32

/** One predictor for all tiles, where that seems better. */
export const ONE: u8 = 64

/** From this effort on a few bytes more or less are looked at below so many pixels, and up to so many the likes of test cards. */
const LAVISH: i32 = 5
const SMALL: i32 = 4096, MIDDLE: i32 = 1 << 17

export const ways: usize = memory.data(16)
let count: i32 = 0
/** Whether the picture is one plane, as alpha is given: in green alone. */
export let isPlane: bool = false

function add(way: u8): void {
  store<u8>(ways + count++, way)
}

/**
 * Those that do not predict are first.
 * @param isGrey that all three channels are the same: less green nothing is left of two of them
 * @param isGreen that two of them are the same everywhere: there is nothing to subtract green from
 * @param alphaAlone that the green is alpha
 */
export function listWays(isGrey: bool, isGreen: bool, alphaAlone: bool, effort: i32): i32 {
  count = 0
  isPlane = isGreen
  const n = pictureWidth * pictureHeight
  const asTheyAre = !isGrey || isGreen
  // Of very few pixels symbols that become zeros are worth a transform.
  const lessGreen = !isGreen || n < SMALL && !alphaAlone
  const cross: u8 = isGrey || isGreen ? <u8>0 : CROSS
  // Values of alpha are in order as they are: a palette of them is for packing, or for what is predicted.
  const packs = colours != 0 && packingBits() != 0
  if (alphaAlone ? packs : colours != 0) add(PALETTE)
  if (alphaAlone ? !packs : asTheyAre) add(0)
  if (lessGreen) add(GREEN)
  if (colours) {
    if (!alphaAlone) add(PALETTE | PREDICT | MEETINGS)
    if (!alphaAlone || !packs) add(PALETTE | PREDICT | NEAREST)
  }
  if (asTheyAre) add(PREDICT | cross)
  if (lessGreen) add(PREDICT | GREEN | cross)
  if (n < MIDDLE && lessGreen) add(PREDICT | GREEN | ONE)
  if (n < SMALL && effort >= LAVISH) {
    if (cross) {
      add(PREDICT)
      add(PREDICT | GREEN)
    }
    if (colours) add(PALETTE | PREDICT)
  }
  return count
}
