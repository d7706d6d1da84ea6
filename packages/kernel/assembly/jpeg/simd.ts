// What both IDCT files are made of: 13-bit constants and interleaved 16-bit lanes.

/** Two constants, side by side for a dot product with two interleaved inputs. */
// @ts-ignore: decorator
@inline export function K(a: f64, b: f64): v128 {
  return i32x4.splat(
    (<i32>(a * 8192.0 + (a < 0 ? -0.5 : 0.5)) & 0xffff) | (<i32>(b * 8192.0 + (b < 0 ? -0.5 : 0.5)) << 16))
}
// @ts-ignore: decorator
@inline export function zipLow(a: v128, b: v128): v128 { return i16x8.shuffle(a, b, 0, 8, 1, 9, 2, 10, 3, 11) }
// @ts-ignore: decorator
@inline export function zipHigh(a: v128, b: v128): v128 { return i16x8.shuffle(a, b, 4, 12, 5, 13, 6, 14, 7, 15) }
// @ts-ignore: decorator
@inline export function dot(a: v128, b: v128): v128 { return i32x4.dot_i16x8_s(a, b) }
// @ts-ignore: decorator
@inline export function add(a: v128, b: v128): v128 { return i32x4.add(a, b) }
// @ts-ignore: decorator
@inline export function sub(a: v128, b: v128): v128 { return i32x4.sub(a, b) }

/** One row of eight coefficients, dequantised (T.81 A.3.4), or of its first four. */
// @ts-ignore: decorator
@inline export function row8(block: usize, quantiser: usize): v128 {
  return i16x8.mul(v128.load(block), v128.load(quantiser))
}
// @ts-ignore: decorator
@inline export function row4(block: usize, quantiser: usize): v128 {
  return i16x8.mul(v128.load64_zero(block), v128.load64_zero(quantiser))
}

/** Four columns a and b, shifted down -> a0 b0 a1 b1 a2 b2 a3 b3 as i16. */
// @ts-ignore: decorator
@inline export function pack(a: v128, b: v128, shift: i32): v128 {
  const n = i16x8.narrow_i32x4_s(i32x4.shr_s(a, shift), i32x4.shr_s(b, shift))
  return i16x8.shuffle(n, n, 0, 4, 1, 5, 2, 6, 3, 7)
}

// @ts-ignore: decorator
@inline export function clamp(v: i32): i32 { return v < 0 ? 0 : v > 255 ? 255 : v }
