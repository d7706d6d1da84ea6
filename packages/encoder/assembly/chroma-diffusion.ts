// Diffusion of the quantisation error of chroma DCs. In a flat, a block's DC error is too small to be worth a level, and
// prediction carries it from block to block: the whole area drifts in hue. Here the error is passed on to the blocks to
// the right and below until it is worth one, so that the mean over a few blocks is right.
import { allocateZeroed } from './memory'
import { columns } from './picture'
import { OK, OUT_OF_MEMORY } from './status'
import { chromaDiffusionPercent } from './tuning'

// Errors at the edges of a macroblock, in units of coefficients: i16 for U0 U1 V0 V1 above, and the same to the left at 8.
let aboveRow: usize = 0
const LEFT: usize = memory.data(8, 8)
/** The error a block passes on is held below this, or one edge would ring through the row. */
const LIMIT: i32 = 127

export function openDiffusion(): i32 {
  aboveRow = allocateZeroed(<usize>columns << 3)
  return aboveRow ? OK : OUT_OF_MEMORY
}

export function startDiffusionRow(): void {
  store<u64>(LEFT, 0)
}

/** Loads the edges of a macroblock for a trial. */
export function startErrors(errors: usize, mx: i32): void {
  store<u64>(errors, load<u64>(aboveRow + (<usize>mx << 3)))
  store<u64>(errors, load<u64>(LEFT), 8)
}

export function keepErrors(mx: i32, errors: usize): void {
  store<u64>(aboveRow + (<usize>mx << 3), load<u64>(errors))
  store<u64>(LEFT, load<u64>(errors, 8))
}

@inline function aboveError(errors: usize, b: i32): usize {
  return errors + (((b >> 2) << 1) + (b & 1) << 1)
}
@inline function leftError(errors: usize, b: i32): usize {
  return errors + 8 + (((b >> 2) << 1) + ((b >> 1) & 1) << 1)
}

/** What block b's DC should be coded as: itself and its neighbours' errors, half of each. */
@inline export function diffuse(errors: usize, b: i32, dc: i32): i32 {
  return dc + (<i32>load<i16>(aboveError(errors, b)) + <i32>load<i16>(leftError(errors, b))) * chromaDiffusionPercent / 200
}

@inline export function setError(errors: usize, b: i32, error: i32): void {
  const e = <i16>max(-LIMIT, min(LIMIT, error))
  store<i16>(aboveError(errors, b), e)
  store<i16>(leftError(errors, b), e)
}
