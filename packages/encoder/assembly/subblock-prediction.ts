// Prediction of 4x4 subblocks (RFC 6386, section 12.3) by byte shuffles of the edge.

/**
 * The ten predictions in the order of the modes (DC TM VE HE LD RD VR VL HD HU), 16 bytes each.
 * r: the block in the reconstruction, with the row above (eight pixels, and the corner) and the column to the left.
 */
export function predictSubblock(r: usize, s: usize, out: usize): void {
  const top = r - s
  // X: L3 L3 L2 L1 L0 P A0..A7 A7 A7
  const L0 = <u32>load<u8>(r - 1), L1 = <u32>load<u8>(r + s - 1), L2 = <u32>load<u8>(r + s * 2 - 1), L3 = <u32>load<u8>(r + s * 3 - 1)
  const lw = <u64>(L3 | L3 << 8 | L2 << 16 | L1 << 24) | <u64>L0 << 32
  let X = i64x2(lw, 0)
  const t = v128.load(top - 1) // P A0..A7
  X = v128.shuffle<i8>(X, t, 0, 1, 2, 3, 4, 16, 17, 18, 19, 20, 21, 22, 23, 24, 24, 24)
  const z = i8x16.splat(0)
  const X1 = v128.shuffle<i8>(X, z, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)
  const X2 = v128.shuffle<i8>(X, z, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17)
  const W = i8x16.avgr_u(X, X1)
  const T = i8x16.avgr_u(i8x16.sub(i8x16.avgr_u(X, X2), v128.and(v128.xor(X, X2), i8x16.splat(1))), X1)
  const A = load<u32>(top)
  const dc = (L0 + L1 + L2 + L3 + (A & 255) + ((A >> 8) & 255) + ((A >> 16) & 255) + (A >> 24) + 4) >> 3
  v128.store(out, i8x16.splat(<i8>dc))
  const P = <i32>load<u8>(top - 1)
  const a16 = i16x8.extend_low_i8x16_u(v128.load32_splat(top))
  const b = i16x8.sub(a16, i16x8.splat(<i16>P))
  const l01 = v128.shuffle<i8>(X, z, 4, 16, 4, 16, 4, 16, 4, 16, 3, 16, 3, 16, 3, 16, 3, 16)
  const l23 = v128.shuffle<i8>(X, z, 2, 16, 2, 16, 2, 16, 2, 16, 1, 16, 1, 16, 1, 16, 1, 16)
  v128.store(out, i8x16.narrow_i16x8_u(i16x8.add(b, l01), i16x8.add(b, l23)), 16)
  v128.store(out, v128.shuffle<i8>(T, T, 5, 6, 7, 8, 5, 6, 7, 8, 5, 6, 7, 8, 5, 6, 7, 8), 32)
  v128.store(out, v128.shuffle<i8>(T, T, 3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0), 48)
  v128.store(out, v128.shuffle<i8>(T, T, 6, 7, 8, 9, 7, 8, 9, 10, 8, 9, 10, 11, 9, 10, 11, 12), 64)
  v128.store(out, v128.shuffle<i8>(T, T, 4, 5, 6, 7, 3, 4, 5, 6, 2, 3, 4, 5, 1, 2, 3, 4), 80)
  v128.store(out, v128.shuffle<i8>(T, W, 21, 22, 23, 24, 4, 5, 6, 7, 3, 21, 22, 23, 2, 4, 5, 6), 96)
  v128.store(out, v128.shuffle<i8>(T, W, 22, 23, 24, 25, 6, 7, 8, 9, 23, 24, 25, 10, 7, 8, 9, 11), 112)
  v128.store(out, v128.shuffle<i8>(T, W, 20, 4, 5, 6, 19, 3, 20, 4, 18, 2, 19, 3, 17, 1, 18, 2), 128)
  v128.store(out, v128.shuffle<i8>(T, W, 19, 2, 18, 1, 18, 1, 17, 0, 17, 0, 16, 16, 16, 16, 16, 16), 144)
}
