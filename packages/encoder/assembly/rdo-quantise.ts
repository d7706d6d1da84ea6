// Rate-distortion optimised quantisation: the levels of one block that minimise J = D + lambda R.
//
// A trellis with two states: at every position the rounded-up level L and L - 1, with exact token costs (contexts and
// the end of block included). D is measured on coefficients, which the orthogonal transform allows.
import { charge } from '../../kernel/assembly/fuel'
import { hsum } from './block'
import { COST, END_OF_BLOCK, NOT_END, ROW, TYPE_ROWS } from './cost'
import { trellis } from './effort'
import { DEAD_ZONE, LIMIT_MORE, LIMIT_ONE, RECIPROCAL, STEP } from './quantiser'
import { BAND_OFFSET } from '../build/tables'

/** Block types of RFC 6386, section 13.3. */
export const LUMA_AFTER_Y2: i32 = 0
export const Y2_BLOCK: i32 = 1
export const CHROMA_BLOCK: i32 = 2
export const LUMA_WITH_DC: i32 = 3

/** J has this many fraction bits: bits cost 1/256 and lambda is in 1/8. */
export const J_SHIFT: i64 = 11
export const INFINITE: i64 = 1 << 60
/** Means of a zero before the last level and of the end, in 1/8 bit, where no exact costs are used. */
const ZERO_BITS: i32 = 6
const END_BITS: i32 = 10
/** Levels above have no row in the cost table: they pay the row of this one, and no lower candidate is cheaper. */
const LAST_PRICED: i32 = 62

const MAGNITUDE: usize = memory.data(32, 16)
const ROUNDED: usize = memory.data(32, 16)
/** Two u16 for each position, for the states "L" and "L - 1": level << 1 | state before. */
const PATH: usize = memory.data(128, 16)

/** Fuel for each position that the trellis passes. */
const POSITION_UNITS: i64 = 6

/** Position of the last level that `quantise` chose, -1 when all are zero. */
export let lastPosition: i32 = -1

/**
 * c: 16 coefficients in zigzag order; levels go to out in the same order. `first` is 1 where the DC is coded in Y2.
 * `context` is the number of coded neighbours (section 13.3). Returns J.
 */
export function quantise(c: usize, out: usize, quantiser: usize, type: i32, first: i32, context: i32, lambda: i64): i64 {
  const c0 = v128.load(c), c1 = v128.load(c, 16), a1 = i16x8.abs(c1)
  let a0 = i16x8.abs(c0)
  if (first) a0 = i16x8.replace_lane(a0, 0, 0)
  const l0 = i16x8.q15mulr_sat_s(i16x8.sub_sat_u(a0, v128.load(quantiser, DEAD_ZONE)), v128.load(quantiser, RECIPROCAL))
  const l1 = i16x8.q15mulr_sat_s(i16x8.sub_sat_u(a1, v128.load(quantiser, DEAD_ZONE + 16)), v128.load(quantiser, RECIPROCAL + 16))
  // Energy if all levels were zero. It fits: that of a Y2 block is at most 2^28.
  const energy = <i64>hsum(i32x4.add(i32x4.dot_i16x8_s(a0, a0), i32x4.dot_i16x8_s(a1, a1)))
  const rows = COST + <usize>type * TYPE_ROWS
  let best = lambda * <i64>load<u16>(rows + <usize>load<u16>(BAND_OFFSET + (first << 1)) + <usize>context * ROW, END_OF_BLOCK)
  const zero = i16x8.splat(0)
  v128.store(out, zero)
  v128.store(out, zero, 16)
  const mask = i8x16.bitmask(i8x16.ne(i8x16.narrow_i16x8_u(l0, l1), i8x16.splat(0)))
  if (mask == 0) {
    lastPosition = -1
    return (energy << J_SHIFT) + best
  }
  const end = 31 - clz(mask)
  if (!trellis) return round(c0, c1, a0, a1, l0, l1, out, quantiser, end, lambda)
  v128.store(MAGNITUDE, a0)
  v128.store(MAGNITUDE, a1, 16)
  v128.store(ROUNDED, l0)
  v128.store(ROUNDED, l1, 16)

  charge(POSITION_UNITS * (end + 1))
  const limitOne = load<i32>(quantiser, LIMIT_ONE), limitMore = load<i32>(quantiser, LIMIT_MORE)
  // State A took the upper level before, state B (when `two`) the lower; J without what follows, and the context.
  let jA: i64 = context ? 0 : lambda * <i64>load<u16>(NOT_END + (type << 1)), jB: i64 = 0
  let contextA: usize = <usize>context * ROW, contextB: usize = 0
  let two = false
  let bestEnd = -1, bestState = 0
  for (let n = first; n <= end; n++) {
    const band = BAND_OFFSET + (n << 1), row = rows + <usize>load<u16>(band)
    const level = <i32>load<u16>(ROUNDED + (n << 1))
    if (level == 0) {
      let j = jA + lambda * <i64>load<u16>(row + contextA), from = 0
      if (two) {
        const other = jB + lambda * <i64>load<u16>(row + contextB)
        if (other < j) { j = other; from = 1 }
        two = false
      }
      store<u16>(PATH + (n << 2), <u16>from)
      jA = j
      contextA = 0
      continue
    }
    const a = <i32>load<u16>(MAGNITUDE + (n << 1)), q = <i32>load<u16>(quantiser + (n << 1), STEP)
    const endRow = rows + <usize>load<u16>(band, 2)
    const error = level * q - a, square = a * a
    const entry = <usize>min(level, LAST_PRICED) << 1
    const costA = row + contextA + entry, costB = row + contextB + entry
    let j = jA + lambda * <i64>load<u16>(costA)
    const hadTwo = two
    let step: u32 = level << 1
    if (hadTwo) {
      const other = jB + lambda * <i64>load<u16>(costB)
      if (other < j) { j = other; step |= 1 }
    }
    const jUpper = j + (<i64>(error * error - square) << J_SHIFT)
    const contextUpper: usize = level > 1 ? 2 * ROW : ROW
    // The block may end here; after position 15 it does without a token.
    const ended = n == 15 ? jUpper : jUpper + lambda * <i64>load<u16>(endRow + contextUpper, END_OF_BLOCK)
    if (ended < best) { best = ended; bestEnd = n; bestState = 0 }
    two = error > (level == 1 ? limitOne : limitMore)
    if (two) {
      const cheaper: usize = level > LAST_PRICED ? 0 : 2, lowerError = error - q
      j = jA + lambda * <i64>load<u16>(costA - cheaper)
      step |= (level - 1) << 17
      if (hadTwo) {
        const other = jB + lambda * <i64>load<u16>(costB - cheaper)
        if (other < j) { j = other; step |= 0x10000 }
      }
      jB = j + (<i64>(lowerError * lowerError - square) << J_SHIFT)
      contextB = level > 2 ? 2 * ROW : <usize>(level - 1) * ROW
      if (level > 1) {
        const endedLower = n < 15 ? jB + lambda * <i64>load<u16>(endRow + contextB, END_OF_BLOCK) : jB
        if (endedLower < best) { best = endedLower; bestEnd = n; bestState = 1 }
      }
    }
    store<u32>(PATH + (n << 2), step)
    jA = jUpper
    contextA = contextUpper
  }
  lastPosition = bestEnd
  for (let n = bestEnd; n >= first; n--) {
    const step = <i32>load<u16>(PATH + (n << 2) + (bestState << 1))
    bestState = step & 1
    store<i16>(out + (n << 1), <i16>(step >> 1))
  }
  const s0 = i16x8.shr_s(c0, 15), s1 = i16x8.shr_s(c1, 15)
  v128.store(out, i16x8.sub(v128.xor(v128.load(out), s0), s0))
  v128.store(out, i16x8.sub(v128.xor(v128.load(out, 16), s1), s1), 16)
  return (energy << J_SHIFT) + best
}

/** The rounded levels as they are, with J from typical costs: a third of the trellis's time. */
function round(c0: v128, c1: v128, a0: v128, a1: v128, l0: v128, l1: v128, out: usize, quantiser: usize, end: i32, lambda: i64): i64 {
  // Bits of a level in 1/8, means over photographs.
  const T = i8x16(0, 18, 32, 40, 44, 52, 54, 60, 61, 62, 63, 72, 73, 74, 75, 76)
  const t = v128.swizzle(T, i8x16.min_u(i8x16.narrow_i16x8_u(l0, l1), i8x16.splat(15)))
  const bits = hsum(i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(t))) + end * ZERO_BITS + END_BITS
  const e0 = i16x8.sub(a0, i16x8.mul(l0, v128.load(quantiser, STEP))), e1 = i16x8.sub(a1, i16x8.mul(l1, v128.load(quantiser, STEP + 16)))
  const error = <i64>hsum(i32x4.add(i32x4.dot_i16x8_s(e0, e0), i32x4.dot_i16x8_s(e1, e1)))
  const s0 = i16x8.shr_s(c0, 15), s1 = i16x8.shr_s(c1, 15)
  v128.store(out, i16x8.sub(v128.xor(l0, s0), s0))
  v128.store(out, i16x8.sub(v128.xor(l1, s1), s1), 16)
  lastPosition = end
  return (error << J_SHIFT) + lambda * (<i64>bits << 5)
}
