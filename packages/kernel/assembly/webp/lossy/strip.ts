// The row of macroblocks in hand, as planes: 16 rows of luma, 8 of U and of V. Above it are the last rows of
// the one before, which the loop filter changes once more, and which are not shown yet.
import { alloc } from '../../memory'

/** Rows that are kept of the row of macroblocks before. */
const LUMA_KEPT = 8, CHROMA_KEPT = 4
/**
 * Columns to the left of the picture, of which predictions see the last; and some to the right for whole
 * vectors.
 */
const MARGIN = 16
const OUTSIDE_LEFT: u8 = 129, OUTSIDE_ABOVE: u8 = 127

// @ts-ignore: decorator
@unmanaged export class Plane {
  /** Row 0, column 0 of the row of macroblocks in hand. */
  start: usize
  stride: usize
  /** Rows that a row of macroblocks has, and that are kept of the one before. */
  size: i32
  kept: i32
  /**
   * Bottom row of the macroblocks above before the loop filter; four columns past the end are told of too.
   */
  above: usize
  width: usize
}

const PLANES: usize = memory.data(3 * 32, 16)

// @ts-ignore: decorator
@inline export function plane(i: usize): Plane { return changetype<Plane>(PLANES + (i << 5)) }

export function openStrip(macroblocksWide: i32): bool {
  for (let i: usize = 0; i < 3; i++) if (!openPlane(plane(i), macroblocksWide, i == 0)) return false
  return true
}

function openPlane(p: Plane, macroblocksWide: i32, luma: bool): bool {
  p.size = luma ? 16 : 8
  p.kept = luma ? LUMA_KEPT : CHROMA_KEPT
  p.width = <usize>(macroblocksWide * p.size)
  p.stride = p.width + 2 * MARGIN
  const rows = alloc(<u64>p.stride * (p.kept + p.size))
  p.above = alloc(p.stride) + MARGIN
  if (!rows || p.above == MARGIN) return false
  memory.fill(rows, OUTSIDE_LEFT, p.stride * (p.kept + p.size))
  memory.fill(p.above - MARGIN, OUTSIDE_ABOVE, p.stride)
  p.start = rows + MARGIN + p.stride * p.kept
  return true
}

/**
 * After the first: keeps what is still needed of the row of macroblocks in hand, and makes room for the next.
 */
export function keepLastRows(): void {
  for (let i: usize = 0; i < 3; i++) {
    const p = plane(i)
    memory.copy(rowOf(p, -p.kept) - MARGIN, rowOf(p, p.size - p.kept) - MARGIN, p.stride * p.kept)
  }
}

/** What the next row of macroblocks is predicted from: before the loop filter. */
export function keepPredictors(): void {
  for (let i: usize = 0; i < 3; i++) {
    const p = plane(i)
    memory.copy(p.above, rowOf(p, p.size - 1), p.width)
    store<u8>(p.above - 1, OUTSIDE_LEFT)
    store<u32>(p.above + p.width, <u32>load<u8>(p.above + p.width - 1) * 0x01010101)
  }
}

/** A row by its number in the row of macroblocks in hand; those above are negative. */
// @ts-ignore: decorator
@inline export function rowOf(p: Plane, y: i32): usize { return p.start + <isize>y * p.stride }
