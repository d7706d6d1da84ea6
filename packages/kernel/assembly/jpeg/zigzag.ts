// T.81 A.3.6, figure A.6: coefficient k of a block, counted in zig-zag order, lies at natural index ZIGZAG[k].

export const ZIGZAG: usize = memory.data<u8>([
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5,
  12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
  58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
])

/** Blocks are i16, in natural order. */
export const BLOCK_BYTES: i32 = 128

/** Offset of coefficient k in a block that keeps only its n x n lowest frequencies; -1 when it is not kept. */
export function keptOffset(k: i32, n: i32): i32 {
  const natural = <i32>load<u8>(ZIGZAG + <usize>k)
  const u = natural & 7, v = natural >> 3
  return u < n && v < n ? (v * n + u) << 1 : -1
}
