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
