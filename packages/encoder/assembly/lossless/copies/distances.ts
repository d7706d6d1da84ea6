// Distances of copies as codes (RFC 9649, section 5.2.2): the first 120 mean places near by in two
// dimensions.
import { NEAR, NEAR_CODES } from '../../../../kernel/assembly/webp/lossless/distances'

/** Codes by place: 16 * rows up + 8 - columns to the left. */
const CODES: usize = memory.data(128, 16)
/** Distances above this one have no code. */
export const WINDOW: i32 = (1 << 20) - NEAR_CODES
let filled: bool = false

export function openDistances(): void {
  if (filled) return
  for (let code = NEAR_CODES; code >= 1; code--) {
    store<u8>(CODES + <usize>load<u8>(NEAR + <usize>code - 1), <u8>code)
  }
  filled = true
}

/** The shortest code of so many pixels back in an image of this width. */
export function codeOfDistance(distance: i32, width: i32): i32 {
  if (distance > 7 * width + 8) return distance + NEAR_CODES
  const rows = distance < width ? 0 : distance / width, left = distance - rows * width
  if (left <= 8 && rows < 8) return <i32>load<u8>(CODES + 16 * rows + 8 - left)
  const right = width - left
  if (right < 8 && rows < 7) return <i32>load<u8>(CODES + 16 * (rows + 1) + 8 + right)
  return distance + NEAR_CODES
}

/** The distance of a code among the first 120. */
export function distanceOfCode(code: i32, width: i32): i32 {
  const near = <i32>load<u8>(NEAR + <usize>code - 1)
  return max(1, (near >> 4) * width + 8 - (near & 15))
}
