// Cheap first reduction of a picture that is many times too large: averages of 2x2 pixels, once, twice or
// three times over. Rows are four channels of i16 (value << 6).
import { Code } from '../codes'
import { alloc } from '../memory'

let factor: i32 = 1, pending: usize = 0, stride: usize = 0, waiting: i32 = 0

/** `by` is 2, 4 or 8. */
export function openShrink(sourceWidth: i32, by: i32): Code {
  factor = by
  waiting = 0
  // To a whole number of 8x8 boxes, and whole vectors in each halving.
  stride = (<usize>sourceWidth + 31 & ~31) << 3
  pending = alloc(<u64>stride * by)
  return pending ? Code.Ok : Code.OutOfMemory
}

/** Where the next row goes, before shrinkRow(). */
export function shrinkInput(): usize {
  return pending + <usize>waiting * stride
}

/** Takes the row at shrinkInput(); true when `to` received a reduced row. The last row of a picture repeats. */
export function shrinkRow(sourceWidth: i32, last: bool, to: usize): bool {
  const row = shrinkInput()
  const edge = load<u64>(row + (<usize>(sourceWidth - 1) << 3))
  for (let p = row + (<usize>sourceWidth << 3); p < row + stride; p += 8) store<u64>(p, edge)
  waiting++
  if (last) {
    for (; waiting < factor; waiting++) memory.copy(shrinkInput(), row, stride)
  }
  if (waiting < factor) return false
  waiting = 0
  let width = stride >> 4 // pixels out of one halving
  for (let n = factor; n > 1; n >>= 1, width >>= 1) {
    for (let y = 0; y < n; y += 2) {
      const pair = pending + <usize>y * stride
      halve(pair, pair + stride, width, n == 2 ? to : pending + <usize>(y >> 1) * stride)
    }
  }
  return true
}

/** The largest sum, 4 * 255 << 6, still fits 16 bits without sign. `to` may be `above`. */
function halve(above: usize, below: usize, width: usize, to: usize): void {
  const two = i16x8.splat(2)
  for (const end = to + (width << 3); to < end; to += 16) {
    const p = i16x8.add(v128.load(above), v128.load(below))
    const q = i16x8.add(v128.load(above, 16), v128.load(below, 16))
    const s = i16x8.add(i64x2.shuffle(p, q, 0, 2), i64x2.shuffle(p, q, 1, 3))
    v128.store(to, i16x8.shr_u(i16x8.add(s, two), 2))
    above += 32
    below += 32
  }
}
