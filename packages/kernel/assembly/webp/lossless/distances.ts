// What distance codes mean (RFC 9649, 5.2.2): the first 120 are places near by, in order of their distance.

/** 16 * rows up, + 8 - columns to the left: codes 1 to 120. */
export const NEAR: usize = memory.data<u8>([
  24, 7, 23, 25, 40, 6, 39, 41, 22, 26, 38, 42, 56, 5, 55, 57, 21, 27, 54, 58,
  37, 43, 72, 4, 71, 73, 20, 28, 53, 59, 70, 74, 36, 44, 88, 69, 75, 52, 60, 3,
  87, 89, 19, 29, 86, 90, 35, 45, 68, 76, 85, 91, 51, 61, 104, 2, 103, 105, 18, 30,
  102, 106, 34, 46, 84, 92, 67, 77, 101, 107, 50, 62, 120, 1, 119, 121, 83, 93, 17, 31,
  100, 108, 66, 78, 118, 122, 33, 47, 117, 123, 49, 63, 99, 109, 82, 94, 0, 116, 124, 65,
  79, 16, 32, 98, 110, 48, 115, 125, 81, 95, 64, 114, 126, 97, 111, 80, 113, 127, 96, 112,
])
export const NEAR_CODES: i32 = 120

/** Pixels back, at least 1, in an image of this width. */
export function pixelsBack(code: i32, width: i32): i32 {
  if (code > NEAR_CODES) return code - NEAR_CODES
  const near = <i32>load<u8>(NEAR + <usize>code - 1)
  return max(1, (near >> 4) * width + 8 - (near & 15))
}
