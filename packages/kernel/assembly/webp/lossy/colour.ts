// Rows of the picture from the planes, to the bit as libwebp draws them: chroma is interpolated with weights
// 9 3 3 1, and colours are BT.601 of studio range in 14 bits of fraction, of which products are cut to 6.
import { alloc } from '../../memory'

/** Three times the nearer row of chroma and once the farther, u16; a sample more at each end. */
let blendedU: usize = 0, blendedV: usize = 0
const BEFORE: usize = 16

export function openColour(chromaWidth: i32): bool {
  const bytes = (<u64>chromaWidth << 1) + BEFORE + 32
  blendedU = alloc(bytes) + BEFORE
  blendedV = alloc(bytes) + BEFORE
  return blendedU != BEFORE && blendedV != BEFORE
}

/** The rows of one plane that are next to the row in hand. */
function blend(near: usize, far: usize, n: usize, to: usize): void {
  const three = i16x8.splat(3)
  for (let i: usize = 0; i < n; i += 8) {
    const v = i16x8.add(i16x8.mul(v128.load8x8_u(near + i), three), v128.load8x8_u(far + i))
    v128.store(to + (i << 1), v)
  }
  store<u16>(to - 2, load<u16>(to))
  store<u16>(to + (n << 1), load<u16>(to + (n << 1) - 2))
}

/** As much as 15 pixels more than `width` may be written. */
export function writeRow(
  luma: usize, nearU: usize, farU: usize, nearV: usize, farV: usize, width: usize, rgba: usize,
): void {
  const n = (width + 1) >> 1
  blend(nearU, farU, n, blendedU)
  blend(nearV, farV, n, blendedV)
  for (let i: usize = 0; i < n; i += 8) {
    const y = v128.load(luma + (i << 1))
    const u = widened(blendedU + (i << 1)), v = widened(blendedV + (i << 1))
    writePixels(y, u, v, rgba + (i << 3))
  }
}

/** Sixteen samples from eight: three parts of the nearer, one of the farther. */
// @ts-ignore: decorator
@inline function widened(p: usize): v128 {
  const middle = v128.load(p), round = i16x8.splat(8)
  const weighted = i16x8.add(i16x8.mul(middle, i16x8.splat(3)), round)
  const even = i16x8.shr_u(i16x8.add(weighted, v128.load(p - 2)), 4)
  const odd = i16x8.shr_u(i16x8.add(weighted, v128.load(p + 2)), 4)
  return v128.or(even, i16x8.shl(odd, 8))
}

/** Eight products of samples, in the high byte of 16 bits, less their 16 lowest bits. */
// @ts-ignore: decorator
@inline function times(samples: v128, factor: u16): v128 {
  const f = i16x8.splat(<i16>factor)
  const low = i32x4.extmul_low_i16x8_u(samples, f), high = i32x4.extmul_high_i16x8_u(samples, f)
  return i16x8.shuffle(low, high, 1, 3, 5, 7, 9, 11, 13, 15)
}

// @ts-ignore: decorator
@inline function low(v: v128): v128 {
  return i8x16.shuffle(v, i64x2.splat(0), 16, 0, 16, 1, 16, 2, 16, 3, 16, 4, 16, 5, 16, 6, 16, 7)
}
// @ts-ignore: decorator
@inline function high(v: v128): v128 {
  return i8x16.shuffle(v, i64x2.splat(0), 16, 8, 16, 9, 16, 10, 16, 11, 16, 12, 16, 13, 16, 14, 16, 15)
}

// @ts-ignore: decorator
@inline function red(y: v128, v: v128): v128 {
  return i16x8.shr_s(i16x8.sub(i16x8.add(y, times(v, 26149)), i16x8.splat(14234)), 6)
}
// @ts-ignore: decorator
@inline function green(y: v128, u: v128, v: v128): v128 {
  const less = i16x8.add(times(u, 6419), times(v, 13320))
  return i16x8.shr_s(i16x8.sub(i16x8.add(y, i16x8.splat(8708)), less), 6)
}
/** Without a sign: it goes up to 51922. */
// @ts-ignore: decorator
@inline function blue(y: v128, u: v128): v128 {
  return i16x8.shr_u(i16x8.sub_sat_u(i16x8.add(y, times(u, 33050)), i16x8.splat(17685)), 6)
}

/** Sixteen pixels. */
// @ts-ignore: decorator
@inline function writePixels(luma: v128, u: v128, v: v128, to: usize): void {
  const y0 = times(low(luma), 19077), y1 = times(high(luma), 19077)
  const u0 = low(u), u1 = high(u), v0 = low(v), v1 = high(v)
  const r = i8x16.narrow_i16x8_u(red(y0, v0), red(y1, v1))
  const g = i8x16.narrow_i16x8_u(green(y0, u0, v0), green(y1, u1, v1))
  const b = i8x16.narrow_i16x8_u(blue(y0, u0), blue(y1, u1)), a = i8x16.splat(-1)
  const rg0 = i8x16.shuffle(r, g, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
  const rg1 = i8x16.shuffle(r, g, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
  const ba0 = i8x16.shuffle(b, a, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
  const ba1 = i8x16.shuffle(b, a, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
  v128.store(to, i16x8.shuffle(rg0, ba0, 0, 8, 1, 9, 2, 10, 3, 11))
  v128.store(to, i16x8.shuffle(rg0, ba0, 4, 12, 5, 13, 6, 14, 7, 15), 16)
  v128.store(to, i16x8.shuffle(rg1, ba1, 0, 8, 1, 9, 2, 10, 3, 11), 32)
  v128.store(to, i16x8.shuffle(rg1, ba1, 4, 12, 5, 13, 6, 14, 7, 15), 48)
}
