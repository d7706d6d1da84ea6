// A cheap estimate of what rate-distortion quantisation will make of a block, to rank candidates before paying for it.
//
// Its tables were fitted by least squares to the exact J of a few hundred thousand blocks: the cost of a coefficient as
// a function of |c| / q, saturating, plus a term linear in |c| (R^2 0.98). Units: q^2 / 256.
import { hsum } from './block'
import { TRIPLE_RECIPROCAL } from './quantiser'

/** Weights of the linear term over a step q. */
@inline export function linearWeight(step: i32): v128 {
  return i16x8.splat(<i16>(1868 / step))
}
@inline export function subblockLinearWeight(step: i32): v128 {
  return i16x8.splat(<i16>(1114 / step))
}

/**
 * Estimate of one block among many: |c| as two vectors; table over thirds of a step.
 * The sums of all blocks are added up as vectors and finished with hsum(..) >> 8.
 */
@inline export function estimateBlock(a0: v128, a1: v128, quantiser: usize, weight: v128): v128 {
  const T = i8x16(0, 26, 77, 55, 72, 95, 69, 87, 102, 77, 93, 105, 82, 97, 105, 90)
  const i = i8x16.min_u(
    i8x16.narrow_i16x8_u(
      i16x8.q15mulr_sat_s(a0, v128.load(quantiser, TRIPLE_RECIPROCAL)),
      i16x8.q15mulr_sat_s(a1, v128.load(quantiser, TRIPLE_RECIPROCAL + 16))),
    i8x16.splat(15))
  return i32x4.add(
    i32x4.dot_i16x8_s(i16x8.add(a0, a1), weight),
    i32x4.dot_i16x8_s(i16x8.extadd_pairwise_i8x16_u(v128.swizzle(T, i)), i16x8.splat(256)))
}

/** A sharper one for a single block: sixths of a step, and the position of the last likely level. */
@inline export function estimateSubblock(c: usize, quantiser: usize, weight: v128): i32 {
  const T0 = i8x16(0, 6, 27, 63, 49, 37, 28, 35, 55, 82, 83, 60, 52, 59, 75, 98)
  const T1 = i8x16(88, 71, 68, 76, 89, 108, 96, 79, 79, 86, 98, 111, 108, 91, 82, 99)
  const a0 = i16x8.abs(v128.load(c)), a1 = i16x8.abs(v128.load(c, 16))
  const i = i8x16.min_u(
    i8x16.narrow_i16x8_u(
      i16x8.q15mulr_sat_s(i16x8.add(a0, a0), v128.load(quantiser, TRIPLE_RECIPROCAL)),
      i16x8.q15mulr_sat_s(i16x8.add(a1, a1), v128.load(quantiser, TRIPLE_RECIPROCAL + 16))),
    i8x16.splat(31))
  const t = v128.or(v128.swizzle(T0, i), v128.swizzle(T1, i8x16.sub(i, i8x16.splat(16))))
  const last = 32 - clz(i8x16.bitmask(i8x16.gt_s(i, i8x16.splat(3))))
  const sum = i32x4.add(
    i32x4.dot_i16x8_s(i16x8.add(a0, a1), weight),
    i32x4.dot_i16x8_s(i16x8.extadd_pairwise_i8x16_u(t), i16x8.splat(256)))
  return (hsum(sum) >> 8) + last * 18
}

/** Sum of |c| of one block as a vector of 16-bit sums. */
@inline export function magnitude(c: usize): v128 {
  return i32x4.extadd_pairwise_i16x8_u(i16x8.add(i16x8.abs(v128.load(c)), i16x8.abs(v128.load(c, 16))))
}
