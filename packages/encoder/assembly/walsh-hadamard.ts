// The second-order transform of the 16 luma DCs of a macroblock (RFC 6386, section 14.3).
import { ZIGZAG } from '../build/tables'

/** The 16 DCs after the inverse transform, i16, raster order. */
export const LUMA_DC: usize = memory.data(32, 16)

const WORK: usize = memory.data(32, 16)

/** Forward transform of the first coefficient of 16 blocks (32 bytes each) at c; zigzag order to out. */
export function forwardWht(c: usize, out: usize): void {
  for (let i = 0; i < 4; i++) { // columns
    const x0 = <i32>load<i16>(c + i * 32), x1 = <i32>load<i16>(c + (i + 4) * 32)
    const x2 = <i32>load<i16>(c + (i + 8) * 32), x3 = <i32>load<i16>(c + (i + 12) * 32)
    const a = x0 + x3, b = x1 + x2, d = x1 - x2, e = x0 - x3
    const t = WORK + (i << 1)
    store<i16>(t, <i16>(a + b))
    store<i16>(t, <i16>(d + e), 8)
    store<i16>(t, <i16>(a - b), 16)
    store<i16>(t, <i16>(e - d), 24)
  }
  for (let i = 0; i < 4; i++) { // rows
    const p = WORK + (i << 3)
    const x0 = <i32>load<i16>(p), x1 = <i32>load<i16>(p, 2), x2 = <i32>load<i16>(p, 4), x3 = <i32>load<i16>(p, 6)
    const a = x0 + x3, b = x1 + x2, d = x1 - x2, e = x0 - x3
    store<i16>(p, <i16>((a + b + 1) >> 1))
    store<i16>(p, <i16>((d + e + 1) >> 1), 2)
    store<i16>(p, <i16>((a - b + 1) >> 1), 4)
    store<i16>(p, <i16>((e - d + 1) >> 1), 6)
  }
  const lo = v128.load(WORK), hi = v128.load(WORK, 16)
  v128.store(out, v128.shuffle<i16>(lo, hi, 0, 1, 4, 8, 5, 2, 3, 6))
  v128.store(out, v128.shuffle<i16>(lo, hi, 9, 12, 13, 10, 7, 11, 14, 15), 16)
}

/** Levels of the Y2 block times its steps -> LUMA_DC, as a decoder computes it. */
export function inverseWht(levels: usize, steps: usize): void {
  for (let i = 0; i < 16; i++) {
    store<i16>(LUMA_DC + (<usize>load<u8>(ZIGZAG + i) << 1), <i16>(<i32>load<i16>(levels + (i << 1)) * <i32>load<i16>(steps + (i << 1))))
  }
  for (let i = 0; i < 4; i++) { // columns
    const p = LUMA_DC + (i << 1)
    const x0 = <i32>load<i16>(p), x1 = <i32>load<i16>(p, 8), x2 = <i32>load<i16>(p, 16), x3 = <i32>load<i16>(p, 24)
    const a = x0 + x3, b = x1 + x2, d = x1 - x2, e = x0 - x3
    store<i16>(p, <i16>(a + b))
    store<i16>(p, <i16>(d + e), 8)
    store<i16>(p, <i16>(a - b), 16)
    store<i16>(p, <i16>(e - d), 24)
  }
  for (let i = 0; i < 4; i++) { // rows
    const p = LUMA_DC + (i << 3)
    const x0 = <i32>load<i16>(p), x1 = <i32>load<i16>(p, 2), x2 = <i32>load<i16>(p, 4), x3 = <i32>load<i16>(p, 6)
    const a = x0 + x3, b = x1 + x2, d = x1 - x2, e = x0 - x3
    store<i16>(p, <i16>((a + b + 3) >> 3))
    store<i16>(p, <i16>((d + e + 3) >> 3), 2)
    store<i16>(p, <i16>((a - b + 3) >> 3), 4)
    store<i16>(p, <i16>((e - d + 3) >> 3), 6)
  }
}
