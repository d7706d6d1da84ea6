// The inverse transforms (RFC 6386, 14.3 and 14.4), exact to the bit.

/**
 * Coefficients of the macroblock in hand: 25 blocks of 16, i16 by rows. Luma, U, V, and the luma DCs' own.
 */
export const COEFFICIENTS: usize = memory.data(25 * 32, 16)
export const BLOCK_BYTES: usize = 32
export const SECOND_BLOCK: usize = 24

/** x * sqrt(2) * sin(pi / 8) and x * sqrt(2) * cos(pi / 8), in 16 bits of fraction. */
// @ts-ignore: decorator
@inline function sine(x: v128): v128 { return i32x4.shr_s(i32x4.mul(x, i32x4.splat(35468)), 16) }
// @ts-ignore: decorator
@inline function cosine(x: v128): v128 {
  return i32x4.add(x, i32x4.shr_s(i32x4.mul(x, i32x4.splat(20091)), 16))
}

// @ts-ignore: decorator
@inline function zipLow(a: v128, b: v128): v128 { return i32x4.shuffle(a, b, 0, 4, 1, 5) }
// @ts-ignore: decorator
@inline function zipHigh(a: v128, b: v128): v128 { return i32x4.shuffle(a, b, 2, 6, 3, 7) }

/** Adds what the 16 coefficients at `block` stand for to a prediction of 4x4 pixels, by rows. */
// @ts-ignore: decorator
@inline export function addBlock(block: usize, prediction: v128): v128 {
  const low = v128.load(block), high = v128.load(block, 16)
  const r0 = i32x4.extend_low_i16x8_s(low), r1 = i32x4.extend_high_i16x8_s(low)
  const r2 = i32x4.extend_low_i16x8_s(high), r3 = i32x4.extend_high_i16x8_s(high)
  let a = i32x4.add(r0, r2), b = i32x4.sub(r0, r2)
  let c = i32x4.sub(sine(r1), cosine(r3)), d = i32x4.add(cosine(r1), sine(r3))
  const t0 = i32x4.add(a, d), t1 = i32x4.add(b, c), t2 = i32x4.sub(b, c), t3 = i32x4.sub(a, d)
  const u0 = zipLow(t0, t2), u1 = zipLow(t1, t3), u2 = zipHigh(t0, t2), u3 = zipHigh(t1, t3)
  const c0 = i32x4.add(zipLow(u0, u1), i32x4.splat(4)), c1 = zipHigh(u0, u1)
  const c2 = zipLow(u2, u3), c3 = zipHigh(u2, u3)
  a = i32x4.add(c0, c2); b = i32x4.sub(c0, c2)
  c = i32x4.sub(sine(c1), cosine(c3)); d = i32x4.add(cosine(c1), sine(c3))
  // Columns of the result: they are put in rows again as bytes.
  const x01 = i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.add(a, d), 3), i32x4.shr_s(i32x4.add(b, c), 3))
  const x23 = i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.sub(b, c), 3), i32x4.shr_s(i32x4.sub(a, d), 3))
  const p = i8x16.shuffle(prediction, prediction, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)
  const sum = i8x16.narrow_i16x8_u(
    i16x8.add_sat_s(x01, i16x8.extend_low_i8x16_u(p)), i16x8.add_sat_s(x23, i16x8.extend_high_i8x16_u(p)))
  return i8x16.shuffle(sum, sum, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)
}

/** The same where only the first coefficient is not zero. */
// @ts-ignore: decorator
@inline export function addFlat(dc: i32, prediction: v128): v128 {
  const v = i16x8.splat(<i16>((dc + 4) >> 3))
  return i8x16.narrow_i16x8_u(
    i16x8.add(v, i16x8.extend_low_i8x16_u(prediction)), i16x8.add(v, i16x8.extend_high_i8x16_u(prediction)))
}

/** The block of luma DCs: gives each luma block its first coefficient. */
export function spreadSecond(): void {
  const block = COEFFICIENTS + SECOND_BLOCK * BLOCK_BYTES
  const low = v128.load(block), high = v128.load(block, 16)
  const r0 = i32x4.extend_low_i16x8_s(low), r1 = i32x4.extend_high_i16x8_s(low)
  const r2 = i32x4.extend_low_i16x8_s(high), r3 = i32x4.extend_high_i16x8_s(high)
  let a = i32x4.add(r0, r3), b = i32x4.add(r1, r2), c = i32x4.sub(r1, r2), d = i32x4.sub(r0, r3)
  const t0 = i32x4.add(a, b), t1 = i32x4.add(d, c), t2 = i32x4.sub(a, b), t3 = i32x4.sub(d, c)
  const u0 = zipLow(t0, t2), u1 = zipLow(t1, t3), u2 = zipHigh(t0, t2), u3 = zipHigh(t1, t3)
  const c0 = i32x4.add(zipLow(u0, u1), i32x4.splat(3)), c1 = zipHigh(u0, u1)
  const c2 = zipLow(u2, u3), c3 = zipHigh(u2, u3)
  a = i32x4.add(c0, c3); b = i32x4.add(c1, c2); c = i32x4.sub(c1, c2); d = i32x4.sub(c0, c3)
  spreadColumn(0, i32x4.shr_s(i32x4.add(a, b), 3))
  spreadColumn(1, i32x4.shr_s(i32x4.add(d, c), 3))
  spreadColumn(2, i32x4.shr_s(i32x4.sub(a, b), 3))
  spreadColumn(3, i32x4.shr_s(i32x4.sub(d, c), 3))
  v128.store(block, i64x2.splat(0))
  v128.store(block, i64x2.splat(0), 16)
}

// @ts-ignore: decorator
@inline function spreadColumn(column: usize, v: v128): void {
  const to = COEFFICIENTS + column * BLOCK_BYTES
  v128.store16_lane(to, v, 0)
  v128.store16_lane(to, v, 2, 4 * BLOCK_BYTES)
  v128.store16_lane(to, v, 4, 8 * BLOCK_BYTES)
  v128.store16_lane(to, v, 6, 12 * BLOCK_BYTES)
}
