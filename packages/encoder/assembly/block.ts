// A 4x4 block is one v128: 16 pixels, row by row. Coefficients are 16 i16 in zigzag order, two vectors.

@inline export function load4x4(p: usize, s: usize): v128 {
  let v = v128.load32_zero(p)
  v = v128.load32_lane(p + s, v, 1)
  v = v128.load32_lane(p + s * 2, v, 2)
  return v128.load32_lane(p + s * 3, v, 3)
}

@inline export function store4x4(p: usize, s: usize, v: v128): void {
  v128.store32_lane(p, v, 0)
  v128.store32_lane(p + s, v, 1)
  v128.store32_lane(p + s * 2, v, 2)
  v128.store32_lane(p + s * 3, v, 3)
}

/** Sum of four i32 lanes. */
@inline export function hsum(v: v128): i32 {
  v = i32x4.add(v, v128.shuffle<i64>(v, v, 1, 0))
  return i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1)
}

/** |a - b| of 16 bytes as eight 16-bit pair sums. */
@inline export function absDiff(a: v128, b: v128): v128 {
  return i16x8.extadd_pairwise_i8x16_u(v128.or(i8x16.sub_sat_u(a, b), i8x16.sub_sat_u(b, a)))
}

/** Sum of eight unsigned 16-bit lanes. */
@inline export function hsum16(v: v128): i32 {
  return hsum(i32x4.extadd_pairwise_i16x8_u(v))
}

/** Copies n x n blocks of a plane to block order, 16 bytes each. */
export function gatherBlocks(plane: usize, stride: usize, n: i32, out: usize): void {
  for (let y = 0; y < n; y++) {
    for (let x = 0; x < n; x++) {
      v128.store(out, load4x4(plane + stride * (y << 2) + (x << 2), stride))
      out += 16
    }
  }
}
