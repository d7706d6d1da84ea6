// The alpha plane of a lossy picture (RFC 9649, 2.7.1.2), decoded in step with it.
import { Code } from '../codes'
import { charge } from '../fuel'
import { alloc, allocZeroed } from '../memory'
import { losslessError, nextLosslessRow, openLossless } from './lossless/decode'

const COMPRESSED = 1
enum Filter { None, Horizontal, Vertical, Gradient }

let width: i32 = 0, y: i32 = 0
let compressed: bool = false, filter: Filter = Filter.None
let data: usize = 0
let current: usize = 0, above: usize = 0

export function openAlpha(from: usize, to: usize, w: i32, h: i32): Code {
  if (from >= to) return Code.Truncated
  const flags = <i32>load<u8>(from), method = flags & 3
  if (method > COMPRESSED || (flags >> 4 & 3) > 1 || flags >> 6 > 1) return Code.Corrupt
  compressed = method == COMPRESSED
  filter = flags >> 2 & 3
  width = w
  y = 0
  data = from + 1
  current = alloc(w)
  above = allocZeroed(w)
  if (!current || !above) return Code.OutOfMemory
  if (compressed) return openLossless(data, to, w, h)
  return <u64>w * h > to - data ? Code.Truncated : Code.Ok
}

/** Puts the next row's alpha into a row of RGBA. */
export function addAlpha(rgba: usize): Code {
  charge(width)
  let row = data
  if (compressed) {
    const argb = nextLosslessRow()
    if (!argb) return losslessError()
    for (let i: usize = 0; i < <usize>width; i++) store<u8>(current + i, load<u8>(argb + (i << 2), 1))
    row = current
  } else data += width
  unfilter(row)
  for (let i: usize = 0; i < <usize>width; i++) store<u8>(rgba + (i << 2), load<u8>(current + i), 3)
  const last = current
  current = above
  above = last
  y++
  return Code.Ok
}

/** From `row`, which may be `current` itself. The first pixel of a row is told by the one above it. */
function unfilter(row: usize): void {
  if (filter == Filter.None) return memory.copy(current, row, width)
  // Above the first row are zeros, and every filter is then the horizontal one.
  if (filter == Filter.Horizontal || y == 0) return undoHorizontal(row, load<u8>(above))
  if (filter == Filter.Vertical) {
    for (let i: usize = 0; i < <usize>width; i++) {
      store<u8>(current + i, load<u8>(row + i) + load<u8>(above + i))
    }
    return
  }
  let left = <i32>load<u8>(above), corner = left
  for (let i: usize = 0; i < <usize>width; i++) {
    const up = <i32>load<u8>(above + i), predicted = max(0, min(255, left + up - corner))
    left = (load<u8>(row + i) + predicted) & 0xff
    store<u8>(current + i, <u8>left)
    corner = up
  }
}

function undoHorizontal(row: usize, first: i32): void {
  let left = first
  for (let i: usize = 0; i < <usize>width; i++) {
    left = (left + load<u8>(row + i)) & 0xff
    store<u8>(current + i, <u8>left)
  }
}
