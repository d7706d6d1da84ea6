// The 4x4 transforms of RFC 6386, section 14: forward by 16-bit dot products, inverse exactly as a decoder does it.

/** Forward DCT of source - prediction: 16 coefficients in zigzag order to out. */
@inline export function fdct(s: v128, p: v128, out: usize): void {
  const a = i16x8.sub(i16x8.extend_low_i8x16_u(s), i16x8.extend_low_i8x16_u(p))
  let b = i16x8.sub(i16x8.extend_high_i8x16_u(s), i16x8.extend_high_i8x16_u(p))
  b = v128.shuffle<i64>(b, b, 1, 0)
  let e = i16x8.add(a, b), o = i16x8.sub(a, b)
  e = v128.shuffle<i16>(e, e, 0, 4, 1, 5, 2, 6, 3, 7)
  o = v128.shuffle<i16>(o, o, 0, 4, 1, 5, 2, 6, 3, 7)
  const r = i32x4.splat(128)
  const o0 = i32x4.dot_i16x8_s(e, i16x8.splat(8)), o2 = i32x4.dot_i16x8_s(e, i16x8(8, -8, 8, -8, 8, -8, 8, -8))
  const o1 = i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(o, i16x8(2676, 1108, 2676, 1108, 2676, 1108, 2676, 1108)), r), 8)
  const o3 = i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(o, i16x8(1108, -2676, 1108, -2676, 1108, -2676, 1108, -2676)), r), 8)
  const x = i16x8.narrow_i32x4_s(o0, o1), y = i16x8.narrow_i32x4_s(o2, o3)
  const xr = v128.shuffle<i16>(x, x, 3, 2, 1, 0, 7, 6, 5, 4), yr = v128.shuffle<i16>(y, y, 3, 2, 1, 0, 7, 6, 5, 4)
  const ke = i16x8(1, 1, -1, 1, 1, 1, -1, 1), ko = i16x8(5352, 2217, 5352, -2217, 5352, 2217, 5352, -2217)
  const re = i32x4.splat(8), ro = i32x4.splat(1 << 15)
  const A = i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(i16x8.add(x, xr), ke), re), 4),
    i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(i16x8.sub(x, xr), ko), ro), 16))
  const B = i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(i16x8.add(y, yr), ke), re), 4),
    i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(i16x8.sub(y, yr), ko), ro), 16))
  v128.store(out, v128.shuffle<i16>(A, B, 0, 4, 2, 8, 6, 1, 5, 3))
  v128.store(out, v128.shuffle<i16>(A, B, 12, 10, 14, 9, 7, 13, 11, 15), 16)
}

/** x * 35468 / 65536 and x * 85627 / 65536: sin(pi/8) and cos(pi/8) times the square root of two (section 14.3). */
@inline function mulS(x: v128): v128 { return i32x4.shr_s(i32x4.mul(x, i32x4.splat(35468)), 16) }
@inline function mulC(x: v128): v128 { return i32x4.add(x, i32x4.shr_s(i32x4.mul(x, i32x4.splat(20091)), 16)) }

/** Dequantised coefficients (zigzag) + prediction -> pixels, bit for bit the inverse of section 14.3. */
@inline export function idctAdd(z0: v128, z1: v128, pred: v128): v128 {
  const R = v128.shuffle<i16>(z0, z1, 0, 1, 5, 6, 2, 4, 7, 12), T = v128.shuffle<i16>(z0, z1, 3, 8, 11, 13, 9, 10, 14, 15)
  let r0 = i32x4.extend_low_i16x8_s(R), r1 = i32x4.extend_high_i16x8_s(R), r2 = i32x4.extend_low_i16x8_s(T), r3 = i32x4.extend_high_i16x8_s(T)
  let a = i32x4.add(r0, r2), b = i32x4.sub(r0, r2), c = i32x4.sub(mulS(r1), mulC(r3)), d = i32x4.add(mulC(r1), mulS(r3))
  const t0 = i32x4.add(a, d), t1 = i32x4.add(b, c), t2 = i32x4.sub(b, c), t3 = i32x4.sub(a, d)
  const u0 = v128.shuffle<i32>(t0, t1, 0, 4, 1, 5), u1 = v128.shuffle<i32>(t2, t3, 0, 4, 1, 5)
  const u2 = v128.shuffle<i32>(t0, t1, 2, 6, 3, 7), u3 = v128.shuffle<i32>(t2, t3, 2, 6, 3, 7)
  r0 = v128.shuffle<i64>(u0, u1, 0, 2); r1 = v128.shuffle<i64>(u0, u1, 1, 3)
  r2 = v128.shuffle<i64>(u2, u3, 0, 2); r3 = v128.shuffle<i64>(u2, u3, 1, 3)
  r0 = i32x4.add(r0, i32x4.splat(4))
  a = i32x4.add(r0, r2); b = i32x4.sub(r0, r2); c = i32x4.sub(mulS(r1), mulC(r3)); d = i32x4.add(mulC(r1), mulS(r3))
  const p = v128.shuffle<i8>(pred, pred, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)
  const lo = i16x8.add(i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.add(a, d), 3), i32x4.shr_s(i32x4.add(b, c), 3)), i16x8.extend_low_i8x16_u(p))
  const hi = i16x8.add(i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.sub(b, c), 3), i32x4.shr_s(i32x4.sub(a, d), 3)), i16x8.extend_high_i8x16_u(p))
  const o = i8x16.narrow_i16x8_u(lo, hi)
  return v128.shuffle<i8>(o, o, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)
}
