// Pictures that ended before all their scans: the lowest AC coefficients that are missing are estimated from the DC
// of neighbours, an idea of T.81 K.8. Zeros would show as flat blocks.
//
// K.8 has a quadratic surface with the means of 3x3 blocks. Here it is the cubic surface that fits the means of 5x5
// blocks best, each weighted by exp(-(x*x + y*y) / (2 * 0.65^2)), x and y counted in blocks. It is the sum of
// products P_i(x) P_j(y), i + j <= 3, of polynomials that are orthogonal under these weights, so that each moment
// is a plain weighted sum of the means. The DCT of the surface over the middle block is the estimate.
import { Code } from '../codes'
import { charge } from '../fuel'
import { alloc, mark, release } from '../memory'
import { isComplete, isUntouched, offsetsOf } from './coefficients'
import { Component } from './frame'
import { ZIGZAG } from './zigzag'

/** What a cubic surface has beside DC, in zig-zag order. */
const FIRST: i32 = 1, LAST: i32 = 9
/** Blocks on each side of the middle. */
const REACH: i32 = 2

/** Of P_0 to P_3, over the means of five blocks. */
const WEIGHTS: usize = memory.data<f64>([
  0.00539473, 0.18786418, 0.61348218, 0.18786418, 0.00539473,
  -0.02575752, -0.44848497, 0, 0.44848497, 0.02575752,
  0.05180869, 0.29276525, -0.68914788, 0.29276525, 0.05180869,
  -0.08333333, 0.16666667, 0, -0.16666667, 0.08333333,
], 16)
/** D_ui: coefficient u of the 8-point DCT of P_i over the middle block, in units of DC. Those left out are 0. */
const D02: f64 = -0.42018832, D11: f64 = -0.28471314, D13: f64 = 0.40457287, D22: f64 = 0.06970133
const D31: f64 = -0.02976278, D33: f64 = 0.02622450

/** The largest coefficient after dequantisation, for 8-bit samples. */
const MOST: i32 = 8184

/** DC of all blocks, i16, with REACH more on all sides that repeat the nearest. */
let means: usize = 0, meansStep: usize = 0
/** No scan brought any AC. */
let onlyDC: bool = false

/** Fills in what scans did not bring. Does nothing where they brought all that could be estimated. */
export function smoothBlocks(c: Component): Code {
  if (isComplete(c, FIRST, LAST)) return Code.Ok
  const before = mark()
  if (!collectMeans(c)) return Code.OutOfMemory
  onlyDC = isUntouched(c, FIRST, 63)
  for (let y = 0; y < c.ownBlocksHigh; y++) {
    charge(<i64>c.ownBlocksWide * 256)
    const index = <usize>y * <usize>c.blocksWide
    let block = c.coefficients + index * <usize>c.blockBytes, nonzero = c.nonzero + (index << 3)
    let around = means + <usize>y * meansStep
    for (let x = 0; x < c.ownBlocksWide; x++) {
      smoothBlock(c, block, nonzero, around)
      block += <usize>c.blockBytes
      nonzero += 8
      around += 2
    }
  }
  release(before)
  return Code.Ok
}

function collectMeans(c: Component): usize {
  const wide = c.ownBlocksWide, high = c.ownBlocksHigh
  meansStep = <usize>(wide + 2 * REACH) << 1
  means = alloc(<u64>meansStep * (high + 2 * REACH))
  if (!means) return 0
  let to = means
  for (let y = -REACH; y < high + REACH; y++) {
    const row = <usize>min(max(y, 0), high - 1) * <usize>c.blocksWide
    for (let x = -REACH; x < wide + REACH; x++, to += 2) {
      const index = row + <usize>min(max(x, 0), wide - 1)
      store<i16>(to, load<i16>(c.coefficients + index * <usize>c.blockBytes))
    }
  }
  return means
}

/** `around` is the upper left of the 5x5 means. */
function smoothBlock(c: Component, block: usize, nonzero: usize, around: usize): void {
  const m00 = moment(around, 0, 0), m01 = moment(around, 0, 1), m02 = moment(around, 0, 2), m03 = moment(around, 0, 3)
  const m10 = moment(around, 1, 0), m11 = moment(around, 1, 1), m12 = moment(around, 1, 2)
  const m20 = moment(around, 2, 0), m21 = moment(around, 2, 1), m30 = moment(around, 3, 0)
  // Where nothing but DC is known, its rounding is part of the guess.
  if (onlyDC) store<i16>(block, <i16>bounded(m00 + D02 * (m02 + m20), i16.MAX_VALUE))
  let added: u64 = load<u64>(nonzero)
  added |= estimate(c, block, added, 1, D11 * (m01 + D02 * m21) + D13 * m03)
  added |= estimate(c, block, added, 2, D11 * (m10 + D02 * m12) + D13 * m30)
  added |= estimate(c, block, added, 3, D22 * m20)
  added |= estimate(c, block, added, 4, D11 * D11 * m11)
  added |= estimate(c, block, added, 5, D22 * m02)
  added |= estimate(c, block, added, 6, D31 * (m01 + D02 * m21) + D33 * m03)
  added |= estimate(c, block, added, 7, D11 * D22 * m12)
  added |= estimate(c, block, added, 8, D22 * D11 * m21)
  added |= estimate(c, block, added, 9, D31 * (m10 + D02 * m12) + D33 * m30)
  store<u64>(nonzero, added)
}

/** The share of P_i(y) P_j(x), in steps of DC. */
function moment(around: usize, i: i32, j: i32): f64 {
  const down = WEIGHTS + <usize>(i * 40), across = WEIGHTS + <usize>(j * 40)
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
 * Stores coefficient k where it is zero so far: `value`, in steps of DC, or as much of it as the missing bits can hold.
 * Gives its bit in the mask of coefficients that are not zero.
 */
function estimate(c: Component, block: usize, nonzero: u64, k: i32, value: f64): u64 {
  const missing = load<u8>(c.missing + <usize>k), offset = <i32>load<i16>(offsetsOf(c) + (<usize>k << 1))
  const step = <i32>load<u16>(c.quantiser + (<usize>load<u8>(ZIGZAG + <usize>k) << 1))
  if (!missing || offset < 0 || !step || nonzero >> <u64>k & 1) return 0
  const guess = bounded(value * <f64>load<u16>(c.quantiser) / <f64>step, min((1 << missing) - 1, MOST / step))
  store<i16>(block + <usize>offset, <i16>guess)
  return guess ? <u64>1 << <u64>k : 0
}

// @ts-ignore: decorator
@inline function bounded(value: f64, most: i32): i32 {
  return <i32>Math.min(Math.max(nearest(value), <f64>-most), <f64>most)
}
