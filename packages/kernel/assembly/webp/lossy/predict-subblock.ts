// Prediction of 4x4 subblocks (RFC 6386, 12.3) by shuffles of their smoothed edge.
import { SubMode } from './modes'

/**
 * By rows. `above` is the row above with its corner before it; `right` has the four pixels above and to the
 * right, which may be elsewhere.
 */
export function predictSubblock(mode: SubMode, to: usize, stride: usize, above: usize, right: usize): v128 {
  const l0 = <u32>load<u8>(to - 1), l1 = <u32>load<u8>(to + stride - 1)
  const l2 = <u32>load<u8>(to + 2 * stride - 1), l3 = <u32>load<u8>(to + 3 * stride - 1)
  const row = load<u32>(above)
  if (mode == SubMode.DC) {
    const sum = (row & 255) + (row >> 8 & 255) + (row >> 16 & 255) + (row >> 24) + l0 + l1 + l2 + l3
    return i8x16.splat(<i8>((sum + 4) >> 3))
  }
  const corner = <u32>load<u8>(above - 1)
  if (mode == SubMode.TM) {
    const a = i16x8.sub(i16x8.extend_low_i8x16_u(i32x4.splat(row)), i16x8.splat(<i16>corner))
    return i8x16.narrow_i16x8_u(i16x8.add(a, fourEach(l0, l1)), i16x8.add(a, fourEach(l2, l3)))
  }
  // The edge from the lowest pixel to the left, over the corner, to the right; its ends are there twice.
  const left = <u64>(l3 | l3 << 8 | l2 << 16 | l1 << 24) | <u64>(l0 | corner << 8) << 32
  let e = i64x2.replace_lane(i64x2.splat(<i64>left), 1, 0)
  e = i8x16.shuffle(e, i32x4.splat(row), 0, 1, 2, 3, 4, 5, 16, 17, 18, 19, 0, 0, 0, 0, 0, 0)
  e = i8x16.shuffle(e, v128.load32_splat(right), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 17, 18, 19, 19, 19)
  const next = i8x16.shuffle(e, e, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 15)
  const afterNext = i8x16.shuffle(e, e, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 15, 15)
  /** Of two and of three neighbours, weighted 1 2 1, rounded to nearest. */
  const w = i8x16.avgr_u(e, next)
  const outer = i8x16.sub(i8x16.avgr_u(e, afterNext), v128.and(v128.xor(e, afterNext), i8x16.splat(1)))
  const t = i8x16.avgr_u(outer, next)
  if (mode == SubMode.VE) return i8x16.shuffle(t, t, 5, 6, 7, 8, 5, 6, 7, 8, 5, 6, 7, 8, 5, 6, 7, 8)
  if (mode == SubMode.HE) return i8x16.shuffle(t, t, 3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0)
  if (mode == SubMode.LD) return i8x16.shuffle(t, t, 6, 7, 8, 9, 7, 8, 9, 10, 8, 9, 10, 11, 9, 10, 11, 12)
  if (mode == SubMode.RD) return i8x16.shuffle(t, t, 4, 5, 6, 7, 3, 4, 5, 6, 2, 3, 4, 5, 1, 2, 3, 4)
  if (mode == SubMode.VR) return i8x16.shuffle(t, w, 21, 22, 23, 24, 4, 5, 6, 7, 3, 21, 22, 23, 2, 4, 5, 6)
  if (mode == SubMode.VL) return i8x16.shuffle(t, w, 22, 23, 24, 25, 6, 7, 8, 9, 23, 24, 25, 10, 7, 8, 9, 11)
  if (mode == SubMode.HD) return i8x16.shuffle(t, w, 20, 4, 5, 6, 19, 3, 20, 4, 18, 2, 19, 3, 17, 1, 18, 2)
  return i8x16.shuffle(t, w, 19, 2, 18, 1, 18, 1, 17, 0, 17, 0, 16, 16, 16, 16, 16, 16)
}

/** Four lanes of each, of 16 bits. */
// @ts-ignore: decorator
@inline function fourEach(a: u32, b: u32): v128 {
  return i64x2(<u64>a * 0x0001000100010001, <u64>b * 0x0001000100010001)
}
