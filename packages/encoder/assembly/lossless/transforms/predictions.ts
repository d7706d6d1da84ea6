// The 14 predictions of a pixel (RFC 9649, section 4.1), of four at a time: L is to the left, T above, TL and
// TR beside that one.

export const MODES: i32 = 14
export const BLACK: u32 = 0xff000000

/** Rounded down: the instruction rounds up. */
@inline function average(a: v128, b: v128): v128 {
  return i8x16.sub(i8x16.avgr_u(a, b), v128.and(v128.xor(a, b), i8x16.splat(1)))
}

@inline function distance(a: v128, b: v128): v128 {
  const d = v128.or(i8x16.sub_sat_u(a, b), i8x16.sub_sat_u(b, a))
  return i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(d))
}

@inline function select(l: v128, t: v128, tl: v128): v128 {
  return v128.bitselect(l, t, i32x4.lt_s(distance(t, tl), distance(l, tl)))
}

@inline function gradient(l: v128, t: v128, tl: v128): v128 {
  const low = i16x8.add(
    i16x8.extend_low_i8x16_u(l), i16x8.sub(i16x8.extend_low_i8x16_u(t), i16x8.extend_low_i8x16_u(tl)))
  const high = i16x8.add(
    i16x8.extend_high_i8x16_u(l), i16x8.sub(i16x8.extend_high_i8x16_u(t), i16x8.extend_high_i8x16_u(tl)))
  return i8x16.narrow_i16x8_u(low, high)
}

/** M + (M - TL) / 2, the half rounded to zero. */
@inline function half(mean: v128, tl: v128): v128 {
  const d = i16x8.sub(mean, tl)
  return i16x8.add(mean, i16x8.shr_s(i16x8.add(d, i16x8.shr_u(d, 15)), 1))
}

@inline function halfGradient(l: v128, t: v128, tl: v128): v128 {
  const mean = average(l, t)
  return i8x16.narrow_i16x8_u(
    half(i16x8.extend_low_i8x16_u(mean), i16x8.extend_low_i8x16_u(tl)),
    half(i16x8.extend_high_i8x16_u(mean), i16x8.extend_high_i8x16_u(tl)))
}

/** What a mode predicts of four pixels. */
export function predict(mode: i32, l: v128, t: v128, tl: v128, tr: v128): v128 {
  switch (mode) {
    case 1: return l
    case 2: return t
    case 3: return tr
    case 4: return tl
    case 5: return average(average(l, tr), t)
    case 6: return average(l, tl)
    case 7: return average(l, t)
    case 8: return average(tl, t)
    case 9: return average(t, tr)
    case 10: return average(average(l, tl), average(t, tr))
    case 11: return select(l, t, tl)
    case 12: return gradient(l, t, tl)
    case 13: return halfGradient(l, t, tl)
    default: return i32x4.splat(BLACK)
  }
}

/** So many bytes of differences has each mode in `leaveAll`: those of 16 x 16 pixels, and what a whole vector goes past them. */
export const APART: usize = 4 * 256 + 16
/** About what differences of each mode cost, as sums of eight u16. */
export const ROUGH: usize = memory.data(16 * 14, 16)

/** What a difference of up to 15 costs about, and each 16 more: in 1/4 of a bit, rising with the logarithm. */
@inline function leave(mode: usize, v: v128, predicted: v128, to: usize): void {
  const d = i8x16.sub(v, predicted), size = i8x16.min_u(d, i8x16.neg(d))
  v128.store(to + mode * APART, d)
  const few = i8x16(2, 8, 15, 19, 22, 24, 26, 28, 29, 30, 31, 32, 33, 34, 35, 35)
  const more = i8x16(0, 4, 9, 12, 15, 17, 19, 20, 22, 0, 0, 0, 0, 0, 0, 0)
  const cost = i8x16.add(
    i8x16.swizzle(few, i8x16.min_u(size, i8x16.splat(15))), i8x16.swizzle(more, i8x16.shr_u(size, 4)))
  const p = ROUGH + (mode << 4)
  v128.store(p, i16x8.add(v128.load(p), i16x8.extadd_pairwise_i8x16_u(cost)))
}

/** What all modes leave of the four pixels `v`, `APART` bytes from each other from `to` on. */
export function leaveAll(v: v128, l: v128, t: v128, tl: v128, tr: v128, to: usize): void {
  const ltl = average(l, tl), ttr = average(t, tr)
  leave(0, v, i32x4.splat(BLACK), to)
  leave(1, v, l, to)
  leave(2, v, t, to)
  leave(3, v, tr, to)
  leave(4, v, tl, to)
  leave(5, v, average(average(l, tr), t), to)
  leave(6, v, ltl, to)
  leave(7, v, average(l, t), to)
  leave(8, v, average(tl, t), to)
  leave(9, v, ttr, to)
  leave(10, v, average(ltl, ttr), to)
  leave(11, v, select(l, t, tl), to)
  leave(12, v, gradient(l, t, tl), to)
  leave(13, v, halfGradient(l, t, tl), to)
}
