// The pixels that copies can reach: an entropy-coded image (RFC 9649, 5) as rows of ARGB, of which only so
// many are held.
import { alloc } from '../../memory'

/** No distance is larger: 1,048,576 less the 120 codes for places near by (5.2.2). */
const REACH: usize = 1 << 20
/** A copy may go on this many pixels past the row that it begins in. */
export const MOST_COPY: usize = 4096

let start: usize = 0, end: usize = 0
/** Where the row in hand begins, and the next pixel goes: copies may be ahead of the row. */
export let rowStart: usize = 0
export let next: usize = 0

/** Room for images of up to width x height pixels, and for a palette. It is moved down when it is full. */
export function allocWindow(width: i32, height: i32): bool {
  const pixels = max(<u64>width * height, 256)
  const bytes = min(pixels, <u64>(2 * REACH + MOST_COPY) + width) << 2
  start = alloc(bytes)
  end = start + <usize>bytes
  return start != 0
}

export function openWindow(): void {
  rowStart = start
  next = start
}

/** Makes room for a row of so many bytes and for a copy at its end. */
export function makeRoom(rowBytes: usize, left: usize): void {
  if (next + min(rowBytes + (MOST_COPY << 2), left) <= end) return
  const by = next - (REACH << 2) - start
  memory.copy(start, start + by, REACH << 2)
  next -= by
  rowStart -= by
}

export function windowStart(): usize { return start }

/** Pixels were decoded up to here. */
export function advance(to: usize): void { next = to }

/** Goes on to the next row. */
export function endRow(rowBytes: usize): void { rowStart += rowBytes }
