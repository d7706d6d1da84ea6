// Colour is filtered premultiplied by alpha, as i16 with 6 bits below the point: with 8 bits alone, dark edges
// of transparent shapes would band.

/** `n` pixels of straight RGBA8 -> premultiplied i16 RGBA (value << 6), in whole groups of four. */
export function premultiply(from: usize, n: i32, to: usize): void {
  for (const end = from + (<usize>n << 2); from < end; from += 16) {
    const p = v128.load(from)
    premultiply2(i16x8.extend_low_i8x16_u(p), to)
    premultiply2(i16x8.extend_high_i8x16_u(p), to + 16)
    to += 32
  }
}

/** c * a * 64 / 255, rounded: 65793 / 2^18 is 64 / 255 to 9 digits, and 255 * 255 * 65793 just fits 32 bits. */
// @ts-ignore: decorator
@inline function premultiply2(p: v128, to: usize): void {
  // Alpha itself is multiplied by 255, so that it comes out unchanged.
  const a = v128.bitselect(i16x8.splat(255), i16x8.shuffle(p, p, 3, 3, 3, 3, 7, 7, 7, 7), i16x8(0, 0, 0, -1, 0, 0, 0, -1))
  const k = i32x4.splat(65793), half = i32x4.splat(1 << 17)
  const low = i32x4.shr_u(i32x4.add(i32x4.mul(i32x4.extmul_low_i16x8_u(p, a), k), half), 18)
  const high = i32x4.shr_u(i32x4.add(i32x4.mul(i32x4.extmul_high_i16x8_u(p, a), k), half), 18)
  v128.store(to, i16x8.narrow_i32x4_s(low, high))
}

/** `n` pixels of opaque RGBA8, or of four channels that are not alpha -> i16 (value << 6). */
export function widen(from: usize, n: i32, to: usize): void {
  for (const end = from + (<usize>n << 2); from < end; from += 16) {
    const p = v128.load(from)
    v128.store(to, i16x8.shl(i16x8.extend_low_i8x16_u(p), 6))
    v128.store(to, i16x8.shl(i16x8.extend_high_i8x16_u(p), 6), 16)
    to += 32
  }
}

/** i16 (value << 6) -> RGBA8, clamped; with `alpha`, divided by it again. */
export function finishRow(from: usize, n: i32, alpha: bool, to: usize): void {
  const half = i16x8.splat(32), opaque = i32x4.splat(0xff000000)
  for (const end = to + (<usize>n << 2); to < end; to += 16) {
    const p = v128.load(from), q = v128.load(from, 16)
    const low = i16x8.shr_s(i16x8.add_sat_s(p, half), 6), high = i16x8.shr_s(i16x8.add_sat_s(q, half), 6)
    let r = i8x16.narrow_i16x8_u(low, high)
    if (alpha && !v128.all_true<i32>(i32x4.eq(v128.and(r, opaque), opaque))) {
      r = i8x16.narrow_i16x8_u(
        i16x8.narrow_i32x4_s(divide(i32x4.extend_low_i16x8_s(p)), divide(i32x4.extend_high_i16x8_s(p))),
        i16x8.narrow_i32x4_s(divide(i32x4.extend_low_i16x8_s(q)), divide(i32x4.extend_high_i16x8_s(q))))
    }
    v128.store(to, r)
    from += 32
  }
}

/** One pixel; black where alpha rounds to 0. */
// @ts-ignore: decorator
@inline function divide(p: v128): v128 {
  const a = i32x4.extract_lane(p, 3)
  const rounded = (a + 32) >> 6
  const k: f32 = rounded > 0 ? <f32>255 / <f32>a : 0
  const c = f32x4.nearest(f32x4.mul(f32x4.convert_i32x4_s(p), f32x4.splat(k)))
  return i32x4.replace_lane(i32x4.trunc_sat_f32x4_s(c), 3, rounded)
}
