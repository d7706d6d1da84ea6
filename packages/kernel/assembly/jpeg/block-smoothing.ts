// Pictures that ended before all their scans: the lowest AC coefficients that are missing are estimated from the DC
// of neighbours, an idea of T.81 K.8. Zeros would show as flat blocks.
//
// K.8 fits a quadratic surface to 3x3 blocks, each block another one, so that edges of blocks remain. Here one surface
// runs through all blocks: cubic convolution of their means (R. Keys, "Cubic convolution interpolation for digital
// image processing", 1981, with a = -0.75), which is continuous. Its DCT over a block is the estimate. That is a product
// of weighted sums of five means across and five down.
import { Code } from '../codes'
import { charge } from '../fuel'
import { alloc } from '../memory'
import { FIRST, LAST, isComplete, isUntouched, offsetsOf } from './coefficients'
import { Component, component, componentCount } from './frame'
import { ZIGZAG } from './zigzag'

/** Blocks on each side of the middle. */
const REACH: i32 = 2
/** Rows of MCUs below the one in hand that have some of them: of a component with one row of blocks in each, two. */
export const MCU_REACH: i32 = REACH

/** f64[5] for each of coefficients 0 to 3: its 8-point DCT of the kernel around each of five blocks, in units of DC. */
const WEIGHTS: usize = memory.data<f64>([
  -0.01940918, 0.09277344, 0.85327148, 0.09277344, -0.01940918,
  -0.02360035, 0.20370471, 0, -0.20370471, 0.02360035,
  -0.01469661, 0.07404163, -0.11869004, 0.07404163, -0.01469661,
  -0.00614822, 0.01727750, 0, -0.01727750, 0.00614822,
], 16)

/** The largest coefficient after dequantisation, for 8-bit samples. */
const MOST: i32 = 8184

/** From one row of the component's means to the next. */
let meansStep: usize = 0
/** No scan brought any AC. */
let onlyDC: bool = false

/** Room for the means of all blocks: a sixty-fourth of what their coefficients would take. */
export function openMeans(): Code {
  for (let i = 0; i < componentCount; i++) {
    const c = component(i)
    c.means = alloc(<u64>stepOf(c) * (c.ownBlocksHigh + 2 * REACH))
    if (!c.means) return Code.OutOfMemory
  }
  return Code.Ok
}

// @ts-ignore: decorator
@inline function stepOf(c: Component): usize { return <usize>(c.ownBlocksWide + 2 * REACH) << 1 }

/** Notes the means of a row of MCUs that was read, before any of them is estimated anew. */
export function noteMeans(mcuRow: i32): void {
  for (let i = 0; i < componentCount; i++) {
    const c = component(i), last = c.ownBlocksHigh - 1
    for (let v = 0; v < c.v; v++) {
      const y = mcuRow * c.v + v
      if (y > last) break
      noteRow(c, v, y)
      // Above the first row and below the last lie others like them.
      if (y == 0) for (let above = -REACH; above < 0; above++) repeatRow(c, y, above)
      if (y == last) for (let below = 1; below <= REACH; below++) repeatRow(c, y, y + below)
    }
  }
}

// @ts-ignore: decorator
@inline function meansRow(c: Component, y: i32): usize { return c.means + <usize>(y + REACH) * stepOf(c) }

function repeatRow(c: Component, from: i32, to: i32): void {
  memory.copy(meansRow(c, to), meansRow(c, from), stepOf(c))
}

function noteRow(c: Component, v: i32, y: i32): void {
  const wide = c.ownBlocksWide, first = c.coefficients + <usize>(v * c.blocksWide) * <usize>c.blockBytes
  let to = meansRow(c, y)
  for (let x = -REACH; x < wide + REACH; x++, to += 2) {
    store<i16>(to, load<i16>(first + <usize>min(max(x, 0), wide - 1) * <usize>c.blockBytes))
  }
}

/** Fills in what scans did not bring of the row of MCUs in hand, all of whose neighbours were noted. */
export function smoothRow(mcuRow: i32): void {
  for (let i = 0; i < componentCount; i++) {
    const c = component(i)
    if (isComplete(c, FIRST, LAST)) continue
    meansStep = stepOf(c)
    onlyDC = isUntouched(c, FIRST, 63)
    for (let v = 0; v < c.v && mcuRow * c.v + v < c.ownBlocksHigh; v++) smoothBlocks(c, v, mcuRow * c.v + v)
  }
}

function smoothBlocks(c: Component, v: i32, y: i32): void {
  charge(<i64>c.ownBlocksWide * 256)
  const index = <usize>v * <usize>c.blocksWide
  let block = c.coefficients + index * <usize>c.blockBytes, nonzero = c.nonzero + (index << 3)
  let around = meansRow(c, y - REACH)
  for (let x = 0; x < c.ownBlocksWide; x++) {
    smoothBlock(c, block, nonzero, around)
    block += <usize>c.blockBytes
    nonzero += 8
    around += 2
  }
}

/** `around` is the upper left of the 5x5 means. */
function smoothBlock(c: Component, block: usize, nonzero: usize, around: usize): void {
  // Where nothing but DC is known, its rounding is part of the guess.
  if (onlyDC) store<i16>(block, <i16>bounded(surface(around, 0, 0), i16.MAX_VALUE))
  let known: u64 = load<u64>(nonzero)
  for (let k = FIRST; k <= LAST; k++) {
    if (load<u8>(c.missing + <usize>k) && !(known >> <u64>k & 1)) known |= estimate(c, block, around, k)
  }
  store<u64>(nonzero, known)
}

/** Coefficient (v, u) of the surface over the block in the middle, in steps of DC. */
function surface(around: usize, v: i32, u: i32): f64 {
  const down = WEIGHTS + <usize>(v * 40), across = WEIGHTS + <usize>(u * 40)
  let sum: f64 = 0
  for (let y: usize = 0; y < 5; y++) {
    const row = around + y * meansStep
    let line: f64 = 0
    for (let x: usize = 0; x < 5; x++) line += load<f64>(across + (x << 3)) * <f64>load<i16>(row + (x << 1))
    sum += load<f64>(down + (y << 3)) * line
  }
  return sum
}

/**
 * Stores an estimate of coefficient k, as much of it as the missing bits can hold. Gives its bit in the mask of
 * coefficients that are not zero.
 */
function estimate(c: Component, block: usize, around: usize, k: i32): u64 {
  const natural = <i32>load<u8>(ZIGZAG + <usize>k), offset = <i32>load<i16>(offsetsOf(c) + (<usize>k << 1))
  const step = <i32>load<u16>(c.quantiser + (<usize>natural << 1))
  if (offset < 0 || !step) return 0
  const most = min((1 << <i32>load<u8>(c.missing + <usize>k)) - 1, MOST / step)
  const value = surface(around, natural >> 3, natural & 7) * <f64>load<u16>(c.quantiser) / <f64>step
  const guess = bounded(value, most)
  store<i16>(block + <usize>offset, <i16>guess)
  return guess ? <u64>1 << <u64>k : 0
}

// @ts-ignore: decorator
@inline function bounded(value: f64, most: i32): i32 {
  return <i32>Math.min(Math.max(nearest(value), <f64>-most), <f64>most)
}
