// Prediction of whole planes of a macroblock (RFC 6386, section 12.2), in block order.

/**
 * The four predictions (DC V H TM), `modeBytes` apart, of a square of n x n blocks: n = 4 for luma, 2 for chroma.
 * Where the row above or the column to the left is outside the picture, DC leaves it out; the others read its constants.
 */
export function predictMacroblock(r: usize, s: usize, n: i32, out: usize, modeBytes: usize, hasAbove: bool, hasLeft: bool): void {
  const top = r - s, P = <i32>load<u8>(top - 1)
  let sum = 0, cnt = 0
  const N = n << 2
  if (hasAbove) { for (let i = 0; i < N; i++) sum += load<u8>(top + i); cnt += N }
  if (hasLeft) { for (let i = 0; i < N; i++) sum += load<u8>(r + s * i - 1); cnt += N }
  const dc = i8x16.splat(cnt ? <i8>((sum + (cnt >> 1)) / cnt) : <i8>128)
  const pv = i16x8.splat(<i16>P)
  for (let by = 0; by < n; by++) {
    const lp = r + s * (by << 2) - 1
    const l = <u32>load<u8>(lp) | <u32>load<u8>(lp + s) << 8 | <u32>load<u8>(lp + s * 2) << 16 | <u32>load<u8>(lp + s * 3) << 24
    const lv = i32x4.splat(l)
    const h = v128.shuffle<i8>(lv, lv, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3)
    const l01 = i16x8.sub(i16x8.extend_low_i8x16_u(h), pv), l23 = i16x8.sub(i16x8.extend_high_i8x16_u(h), pv)
    for (let bx = 0; bx < n; bx++) {
      const v = v128.load32_splat(top + (bx << 2)), a = i16x8.extend_low_i8x16_u(v)
      v128.store(out, dc)
      v128.store(out + modeBytes, v)
      v128.store(out + modeBytes * 2, h)
      v128.store(out + modeBytes * 3, i8x16.narrow_i16x8_u(i16x8.add(a, l01), i16x8.add(a, l23)))
      out += 16
    }
  }
}
