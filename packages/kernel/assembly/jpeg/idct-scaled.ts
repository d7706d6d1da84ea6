// Scaled inverse DCTs: an n x n DCT over the n x n lowest frequencies of a block gives the picture at n/8 of its
// size (K. Ngan, "Image display techniques using the cosine transform", 1984). Sharper than averaging pixels, and
// cheaper. `rowBytes` is the distance between two rows of coefficients, smaller where only these are kept.

import { K, add, clamp, dot, pack, row4, sub, zipHigh, zipLow } from './simd'

/** 4x4 samples. */
export function idct4(block: usize, quantiser: usize, to: usize, step: usize, rowBytes: usize): void {
  const b = block, q = quantiser
  const r0 = row4(b, q), r1 = row4(b + rowBytes, q + 16)
  const r2 = row4(b + 2 * rowBytes, q + 32), r3 = row4(b + 3 * rowBytes, q + 48)
  let round = i32x4.splat(1 << 10)
  let e = zipLow(r0, r2), o = zipLow(r1, r3)
  let a0 = add(dot(e, K(1, 1)), round), a1 = add(dot(e, K(1, -1)), round)
  let b0 = dot(o, K(1.306562965, 0.541196100)), b1 = dot(o, K(0.541196100, -1.306562965))
  const p = pack(add(a0, b0), add(a1, b1), 11), s = pack(sub(a1, b1), sub(a0, b0), 11)
  const c01 = i32x4.shuffle(p, s, 0, 4, 1, 5), c23 = i32x4.shuffle(p, s, 2, 6, 3, 7) // columns 0|1 and 2|3
  round = i32x4.splat(1 << 17)
  e = zipLow(c01, c23)
  o = zipHigh(c01, c23)
  a0 = add(dot(e, K(1, 1)), round)
  a1 = add(dot(e, K(1, -1)), round)
  b0 = dot(o, K(1.306562965, 0.541196100))
  b1 = dot(o, K(0.541196100, -1.306562965))
  store4x4(add(a0, b0), add(a1, b1), sub(a1, b1), sub(a0, b0), to, step)
}

/** Four columns of 18-bit fixed point. */
// @ts-ignore: decorator
@inline function store4x4(c0: v128, c1: v128, c2: v128, c3: v128, to: usize, step: usize): void {
  const level = i16x8.splat(128)
  const p = i8x16.narrow_i16x8_u(
    i16x8.add_sat_s(i16x8.narrow_i32x4_s(i32x4.shr_s(c0, 18), i32x4.shr_s(c1, 18)), level),
    i16x8.add_sat_s(i16x8.narrow_i32x4_s(i32x4.shr_s(c2, 18), i32x4.shr_s(c3, 18)), level))
  const rows = i8x16.shuffle(p, p, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)
  v128.store32_lane(to, rows, 0)
  v128.store32_lane(to + step, rows, 1)
  v128.store32_lane(to + 2 * step, rows, 2)
  v128.store32_lane(to + 3 * step, rows, 3)
}

/** 2x2 samples. */
export function idct2(block: usize, quantiser: usize, to: usize, step: usize, rowBytes: usize): void {
  const b = block, q = quantiser
  const dc = <i32>load<i16>(b) * load<i16>(q) + (128 << 3) + 4
  const h = <i32>load<i16>(b, 2) * load<i16>(q, 2)
  const v = <i32>load<i16>(b + rowBytes) * load<i16>(q, 16)
  const d = <i32>load<i16>(b + rowBytes, 2) * load<i16>(q, 18)
  store<u8>(to, clamp((dc + h + v + d) >> 3))
  store<u8>(to, clamp((dc - h + v - d) >> 3), 1)
  store<u8>(to + step, clamp((dc + h - v - d) >> 3))
  store<u8>(to + step, clamp((dc - h - v + d) >> 3), 1)
}

/** `size` x `size` equal samples, from the first coefficient alone. */
export function idctFlat(size: i32, block: usize, quantiser: usize, to: usize, step: usize): void {
  const v = clamp(((<i32>load<i16>(block) * load<i16>(quantiser) + 4) >> 3) + 128)
  if (size == 8) {
    const w = <u64>v * 0x0101010101010101
    for (let i = 0; i < 8; i++, to += step) store<u64>(to, w)
  } else if (size == 4) {
    const w = v * 0x01010101
    for (let i = 0; i < 4; i++, to += step) store<u32>(to, w)
  } else if (size == 2) {
    const w = v * 0x0101
    store<u16>(to, w)
    store<u16>(to + step, w)
  } else store<u8>(to, v)
}
