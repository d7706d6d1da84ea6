// Dimensions and working planes of the picture being encoded: one row of macroblocks at a time.
import { allocate, allocateZeroed } from './memory'
import { OK, OUT_OF_MEMORY } from './status'

export let width: i32 = 0
export let height: i32 = 0
/** Size in macroblocks. */
export let columns: i32 = 0
export let rows: i32 = 0

/** RGBA of up to 16 rows, written by the caller. */
export let band: usize = 0

/** Source of one row of macroblocks, padded to whole macroblocks by replication. */
export let sourceY: usize = 0
export let sourceU: usize = 0
export let sourceV: usize = 0
export let sourceStride: usize = 0
export let sourceChromaStride: usize = 0

/** Reconstruction of the same row, unfiltered: the line above and the column to the left of it belong to it. */
export let reconY: usize = 0
export let reconU: usize = 0
export let reconV: usize = 0
export let reconStride: usize = 0
export let reconChromaStride: usize = 0

// A byte of activity for each macroblock, and its modes: what the first partition needs after the last row.
export let activity: usize = 0
export let modes: usize = 0
/** luma mode (0 to 3, 4 = by subblocks), chroma mode, skipped, unused, 16 subblock modes. */
export const MODE_BYTES: usize = 20
export const LUMA_MODE: usize = 0
export const CHROMA_MODE: usize = 1
export const SKIPPED: usize = 2
export const SUBBLOCK_MODES: usize = 4
export const BY_SUBBLOCKS: i32 = 4

/** Constants outside the picture (RFC 6386, section 12.2). */
const ABOVE: u8 = 127
const LEFT: u8 = 129
const BORDER: usize = 16

export function openPicture(w: i32, h: i32): i32 {
  width = w
  height = h
  columns = (w + 15) >> 4
  rows = (h + 15) >> 4
  sourceStride = <usize>columns * 16
  sourceChromaStride = <usize>columns * 8
  reconStride = sourceStride + 2 * BORDER
  reconChromaStride = sourceChromaStride + 2 * BORDER
  const macroblocks = <usize>columns * rows
  band = allocate(<usize>w * 64)
  sourceY = allocate(sourceStride * 16)
  sourceU = allocate(sourceChromaStride * 8)
  sourceV = allocate(sourceChromaStride * 8)
  const y = openPlane(reconStride, 16), u = openPlane(reconChromaStride, 8), v = openPlane(reconChromaStride, 8)
  activity = allocate(macroblocks)
  modes = allocateZeroed(macroblocks * MODE_BYTES)
  if (!band || !sourceY || !sourceU || !sourceV || !y || !u || !v || !activity || !modes) return OUT_OF_MEMORY
  reconY = y
  reconU = u
  reconV = v
  return OK
}

function openPlane(stride: usize, lines: i32): usize {
  const p = allocate(stride * (lines + 1))
  if (!p) return 0
  memory.fill(p, ABOVE, stride)
  const plane = p + stride + BORDER
  for (let y = 0; y < lines; y++) store<u8>(plane + stride * y - 1, LEFT)
  return plane
}

@inline export function modesOf(mx: i32, my: i32): usize {
  return modes + (<usize>my * columns + mx) * MODE_BYTES
}

/** Makes the last line of this row the line above the next, and extends it to the right by its last pixel (12.3). */
export function advanceReconstruction(): void {
  carryLine(reconY, reconStride, 16)
  carryLine(reconU, reconChromaStride, 8)
  carryLine(reconV, reconChromaStride, 8)
  const right = reconY - reconStride + sourceStride
  store<u32>(right, <u32>load<u8>(right - 1) * 0x01010101)
}

function carryLine(plane: usize, stride: usize, lines: i32): void {
  memory.copy(plane - stride - BORDER, plane + stride * (lines - 1) - BORDER, stride)
}
