// Which transforms are tried.
import { pictureHeight, pictureWidth } from './buffers'
import { colours } from './transforms/palette'

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

/** Below so many pixels a few bytes more or less are looked at, and up to so many the likes of test cards. */
const SMALL: i32 = 4096, MIDDLE: i32 = 1 << 17

export const ways: usize = memory.data(16)
let count: i32 = 0

function add(way: u8): void {
  store<u8>(ways + count++, way)
}

/** Those that do not predict are first. */
export function listWays(): i32 {
  count = 0
  const n = pictureWidth * pictureHeight
  if (colours) add(PALETTE)
  add(0)
  add(GREEN)
  if (colours) {
    add(PALETTE | PREDICT | MEETINGS)
    add(PALETTE | PREDICT | NEAREST)
  }
  add(PREDICT | CROSS)
  add(PREDICT | GREEN | CROSS)
  if (n < MIDDLE) add(PREDICT | GREEN | ONE)
  if (n < SMALL) {
    add(PREDICT)
    add(PREDICT | GREEN)
    if (colours) add(PALETTE | PREDICT)
  }
  return count
}
