// RGBA -> planar YUV 4:2:0, BT.601 with limited range (what a WebP decoder inverts; RFC 6386, section 9.2 leaves it open).
// Luma has 15 fraction bits, chroma 15 over the sum of four pixels. Planes are padded to whole macroblocks by replication.
import { band, sourceChromaStride, sourceStride, sourceU, sourceV, sourceY, width } from './picture'

/** Two rows of eight pixels at the right edge, the second at +128. */
const EDGE: usize = memory.data(256, 16)

@inline function pairSum(a: v128, b: v128): v128 {
  return i32x4.add(v128.shuffle<i32>(a, b, 0, 2, 4, 6), v128.shuffle<i32>(a, b, 1, 3, 5, 7))
}

@inline function luma4(lo: v128, hi: v128): v128 {
  const k = i16x8(8414, 16519, 3208, 0, 8414, 16519, 3208, 0)
  return i32x4.shr_s(i32x4.add(pairSum(i32x4.dot_i16x8_s(lo, k), i32x4.dot_i16x8_s(hi, k)), i32x4.splat((16 << 15) + (1 << 14))), 15)
}

/** n pixels (multiple of 8) of two rows. */
function convertPair(a: usize, b: usize, n: i32, y0: usize, y1: usize, u: usize, v: usize): void {
  const ku = i16x8(-4857, -9535, 14392, 0, -4857, -9535, 14392, 0)
  const kv = i16x8(14392, -12052, -2340, 0, 14392, -12052, -2340, 0)
  const off = i32x4.splat((128 << 17) + (1 << 16))
  for (let i = 0; i < n; i += 8) {
    const p0 = v128.load(a), p1 = v128.load(a, 16), q0 = v128.load(b), q1 = v128.load(b, 16)
    const a0 = i16x8.extend_low_i8x16_u(p0), a1 = i16x8.extend_high_i8x16_u(p0), a2 = i16x8.extend_low_i8x16_u(p1), a3 = i16x8.extend_high_i8x16_u(p1)
    const b0 = i16x8.extend_low_i8x16_u(q0), b1 = i16x8.extend_high_i8x16_u(q0), b2 = i16x8.extend_low_i8x16_u(q1), b3 = i16x8.extend_high_i8x16_u(q1)
    const ya = i16x8.narrow_i32x4_s(luma4(a0, a1), luma4(a2, a3)), yb = i16x8.narrow_i32x4_s(luma4(b0, b1), luma4(b2, b3))
    const yy = i8x16.narrow_i16x8_u(ya, yb)
    v128.store64_lane(y0, yy, 0)
    v128.store64_lane(y1, yy, 1)
    const s0 = i16x8.add(a0, b0), s1 = i16x8.add(a1, b1), s2 = i16x8.add(a2, b2), s3 = i16x8.add(a3, b3)
    const c0 = i16x8.add(v128.shuffle<i64>(s0, s1, 0, 2), v128.shuffle<i64>(s0, s1, 1, 3))
    const c1 = i16x8.add(v128.shuffle<i64>(s2, s3, 0, 2), v128.shuffle<i64>(s2, s3, 1, 3))
    const uu = i32x4.shr_s(i32x4.add(pairSum(i32x4.dot_i16x8_s(c0, ku), i32x4.dot_i16x8_s(c1, ku)), off), 17)
    const vv = i32x4.shr_s(i32x4.add(pairSum(i32x4.dot_i16x8_s(c0, kv), i32x4.dot_i16x8_s(c1, kv)), off), 17)
    const w = i16x8.narrow_i32x4_s(uu, vv), uv = i8x16.narrow_i16x8_u(w, w)
    v128.store32_lane(u, uv, 0)
    v128.store32_lane(v, uv, 1)
    a += 32; b += 32; y0 += 8; y1 += 8; u += 4; v += 4
  }
}

/** Converts the band's first n rows (1 to 16) to the source planes of a row of macroblocks. */
export function convertBand(n: i32): void {
  const main = width & ~7, padded = <i32>sourceStride
  for (let y = 0; y < 16; y += 2) {
    const oy = sourceY + sourceStride * y, u = sourceU + sourceChromaStride * (y >> 1), v = sourceV + sourceChromaStride * (y >> 1)
    if (y >= n + (n & 1)) { // below the picture: repeat its last rows
      const last = sourceY + sourceStride * (n - 1)
      memory.copy(oy, last, sourceStride)
      memory.copy(oy + sourceStride, last, sourceStride)
      memory.copy(u, u - sourceChromaStride, sourceChromaStride)
      memory.copy(v, v - sourceChromaStride, sourceChromaStride)
      continue
    }
    const a = band + (<usize>y * width << 2), b = y + 1 < n ? a + (<usize>width << 2) : a
    convertPair(a, b, main, oy, oy + sourceStride, u, v)
    for (let x = main; x < padded; x += 8) {
      for (let i = 0; i < 8; i++) {
        const at = min(x + i, width - 1) << 2
        store<u32>(EDGE + (i << 2), load<u32>(a + at))
        store<u32>(EDGE + (i << 2), load<u32>(b + at), 128)
      }
      convertPair(EDGE, EDGE + 128, 8, oy + x, oy + sourceStride + x, u + (x >> 1), v + (x >> 1))
    }
  }
}
