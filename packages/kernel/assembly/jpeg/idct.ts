// Inverse DCT (T.81 A.3.3) with dequantisation (A.3.4) and level shift (A.3.1).
//
// Constants have 13 fractional bits. The first pass keeps 2 extra bits; the second removes 13 + 2 + 3, the last 3
// being the scale of an 8x8 DCT. Odd parts are plain 4-term products: i32x4.dot_i16x8_s does two terms at once.
//
//   block      i16 coefficients in natural order, 16 bytes per row
//   quantiser  the same layout
//   to, step   where the samples go, and how far apart the rows are

import { K, add, dot, pack, row4, row8, sub, zipHigh, zipLow } from './simd'

const SCRATCH: usize = memory.data(128, 16)

/** Four columns: even part a, odd part b -> eight outputs each, transposed to four rows of eight i16. */
// @ts-ignore: decorator
@inline function butterfly(
  a0: v128, a1: v128, a2: v128, a3: v128, b0: v128, b1: v128, b2: v128, b3: v128, shift: i32, to: usize,
): void {
  const p = pack(add(a0, b0), add(a1, b1), shift), q = pack(add(a2, b2), add(a3, b3), shift)
  const r = pack(sub(a3, b3), sub(a2, b2), shift), t = pack(sub(a1, b1), sub(a0, b0), shift)
  const pq0 = i32x4.shuffle(p, q, 0, 4, 1, 5), pq1 = i32x4.shuffle(p, q, 2, 6, 3, 7)
  const rt0 = i32x4.shuffle(r, t, 0, 4, 1, 5), rt1 = i32x4.shuffle(r, t, 2, 6, 3, 7)
  v128.store(to, i64x2.shuffle(pq0, rt0, 0, 2))
  v128.store(to, i64x2.shuffle(pq0, rt0, 1, 3), 16)
  v128.store(to, i64x2.shuffle(pq1, rt1, 0, 2), 32)
  v128.store(to, i64x2.shuffle(pq1, rt1, 1, 3), 48)
}

/** One dimension, four columns at once. Inputs are interleaved in pairs: 0 with 4, 2 with 6, 1 with 3, 5 with 7. */
// @ts-ignore: decorator
@inline function columns8(e04: v128, e26: v128, o13: v128, o57: v128, round: v128, shift: i32, to: usize): void {
  const t0 = add(dot(e04, K(1, 1)), round), t1 = add(dot(e04, K(1, -1)), round)
  const t3 = dot(e26, K(1.306562965, 0.541196100)), t2 = dot(e26, K(0.541196100, -1.306562965))
  butterfly(
    add(t0, t3), add(t1, t2), sub(t1, t2), sub(t0, t3),
    add(dot(o13, K(1.387039845, 1.175875602)), dot(o57, K(0.785694958, 0.275899379))),
    add(dot(o13, K(1.175875602, -0.275899379)), dot(o57, K(-1.387039845, -0.785694958))),
    add(dot(o13, K(0.785694958, -1.387039845)), dot(o57, K(0.275899379, 1.175875602))),
    add(dot(o13, K(0.275899379, -0.785694958)), dot(o57, K(1.175875602, -1.387039845))),
    shift, to)
}

/** The same where inputs 4 to 7 are zero: pairs are 0 with 2 and 1 with 3. */
// @ts-ignore: decorator
@inline function columnsSparse(e02: v128, o13: v128, round: v128, shift: i32, to: usize): void {
  butterfly(
    add(dot(e02, K(1, 1.306562965)), round), add(dot(e02, K(1, 0.541196100)), round),
    add(dot(e02, K(1, -0.541196100)), round), add(dot(e02, K(1, -1.306562965)), round),
    dot(o13, K(1.387039845, 1.175875602)), dot(o13, K(1.175875602, -0.275899379)),
    dot(o13, K(0.785694958, -1.387039845)), dot(o13, K(0.275899379, -0.785694958)),
    shift, to)
}

// @ts-ignore: decorator
@inline function store8x8(from: usize, to: usize, step: usize): void {
  const level = i16x8.splat(128)
  for (let i = 0; i < 4; i++) {
    const two = i8x16.narrow_i16x8_u(
      i16x8.add_sat_s(v128.load(from), level), i16x8.add_sat_s(v128.load(from, 16), level))
    v128.store64_lane(to, two, 0)
    v128.store64_lane(to + step, two, 1)
    from += 32
    to += 2 * step
  }
}

/** All 64 coefficients -> 8x8 samples. */
export function idct8(block: usize, quantiser: usize, to: usize, step: usize): void {
  const b = block, q = quantiser, t = SCRATCH
  const r0 = row8(b, q), r1 = row8(b + 16, q + 16), r2 = row8(b + 32, q + 32), r3 = row8(b + 48, q + 48)
  const r4 = row8(b + 64, q + 64), r5 = row8(b + 80, q + 80), r6 = row8(b + 96, q + 96), r7 = row8(b + 112, q + 112)
  const first = i32x4.splat(1 << 10)
  columns8(zipLow(r0, r4), zipLow(r2, r6), zipLow(r1, r3), zipLow(r5, r7), first, 11, t)
  columns8(zipHigh(r0, r4), zipHigh(r2, r6), zipHigh(r1, r3), zipHigh(r5, r7), first, 11, t + 64)
  const c0 = v128.load(t), c1 = v128.load(t, 16), c2 = v128.load(t, 32), c3 = v128.load(t, 48)
  const c4 = v128.load(t, 64), c5 = v128.load(t, 80), c6 = v128.load(t, 96), c7 = v128.load(t, 112)
  const second = i32x4.splat(1 << 17)
  columns8(zipLow(c0, c4), zipLow(c2, c6), zipLow(c1, c3), zipLow(c5, c7), second, 18, t)
  columns8(zipHigh(c0, c4), zipHigh(c2, c6), zipHigh(c1, c3), zipHigh(c5, c7), second, 18, t + 64)
  store8x8(t, to, step)
}

/** Only the 4x4 lowest frequencies are not zero -> 8x8 samples. */
export function idct8Sparse(block: usize, quantiser: usize, to: usize, step: usize): void {
  const b = block, q = quantiser, t = SCRATCH
  const r0 = row4(b, q), r1 = row4(b + 16, q + 16), r2 = row4(b + 32, q + 32), r3 = row4(b + 48, q + 48)
  columnsSparse(zipLow(r0, r2), zipLow(r1, r3), i32x4.splat(1 << 10), 11, t)
  const c0 = v128.load(t), c1 = v128.load(t, 16), c2 = v128.load(t, 32), c3 = v128.load(t, 48)
  const second = i32x4.splat(1 << 17)
  columnsSparse(zipLow(c0, c2), zipLow(c1, c3), second, 18, t)
  columnsSparse(zipHigh(c0, c2), zipHigh(c1, c3), second, 18, t + 64)
  store8x8(t, to, step)
}
