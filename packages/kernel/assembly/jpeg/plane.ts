// A component's samples on their way to the result: a ring of decoded rows, and the filters that bring it to the
// target's size. Every plane is filtered at its own resolution, so chroma is never upsampled on its own, and
// colour conversion is done on pixels of the result only.
import { Code } from '../codes'
import { charge } from '../fuel'
import { alloc, allocZeroed } from '../memory'
import { cropHeight, cropWidth, cropX, cropY, mirrorsColumns, orientation, outHeight, outWidth } from '../plan'
import { FilterTable, makeFilterTable } from '../resize/filter-table'
import { horizontalPass1 } from '../resize/horizontal'
import { Kernel } from '../resize/kernels'
import { verticalPass8, widenRow } from '../resize/vertical'
import { Component, hMax, samplesHigh, samplesWide, vMax } from './frame'

// @ts-ignore: decorator
@unmanaged export class Plane {
  /** u8 rows; row y of the plane lies at y modulo ringRows. */
  ring: usize
  ringRows: i32
  stride: usize
  /** Rows of the whole plane, and how many were decoded so far. */
  height: i32
  decoded: i32
  columns: FilterTable
  lines: FilterTable
  /** One row of the result, i16 (value << 5). */
  row: usize
}

let rowList: usize = 0, verticalRow: usize = 0

/** Gives every component its plane. Components of the same shape share their filters. */
export function openPlane(c: Component, like: Component): Code {
  const at = alloc(offsetof<Plane>())
  if (!at) return Code.OutOfMemory
  const plane = changetype<Plane>(at)
  c.plane = plane
  plane.height = samplesHigh(c, c.size)
  plane.decoded = 0
  if (changetype<usize>(like)) {
    plane.columns = like.plane.columns
    plane.lines = like.plane.lines
  } else {
    const across = <f64>(c.h * c.size) / <f64>(hMax * 8), down = <f64>(c.v * c.size) / <f64>(vMax * 8)
    const ratioX = cropWidth * across / outWidth, ratioY = cropHeight * down / outHeight
    const width = samplesWide(c, c.size)
    const kernelX = kernelFor(c.h == hMax, ratioX, width), kernelY = kernelFor(c.v == vMax, ratioY, width)
    plane.columns = makeFilterTable(
      kernelX, width, cropX * across, ratioX, outWidth, 8, 8, mirrorsColumns(orientation))
    plane.lines = makeFilterTable(kernelY, plane.height, cropY * down, ratioY, outHeight, 2, 1, false)
    if (!changetype<usize>(plane.columns) || !changetype<usize>(plane.lines)) return Code.OutOfMemory
  }
  const strip = c.v * c.size // rows that one row of MCUs brings
  plane.stride = <usize>(c.blocksWide * c.size + 63 & ~31)
  plane.ringRows = ((plane.lines.taps + 8 + strip - 1) / strip + 3) * strip
  plane.ring = alloc(<u64>plane.stride * plane.ringRows)
  plane.row = alloc(<u64>plane.columns.outputs << 1)
  return plane.ring && plane.row ? Code.Ok : Code.OutOfMemory
}

/**
 * Subsampled planes that must grow are interpolated, as every decoder does: Lanczos would ring at colour edges.
 * Two columns or less are repeated; that is libjpeg's rule, and other decoders are measured by it.
 */
function kernelFor(full: bool, ratio: f64, columns: i32): Kernel {
  if (full || ratio >= 1) return Kernel.Lanczos3
  return columns > 2 ? Kernel.Linear : Kernel.Nearest
}

/** Room that planes share, for the largest of `count`. */
export function openPlaneScratch(taps: i32, rowBytes: u64): Code {
  rowList = alloc(<u64>taps << 2)
  verticalRow = allocZeroed(rowBytes)
  return rowList && verticalRow ? Code.Ok : Code.OutOfMemory
}

/** Bytes of scratch row that a plane asks for: the horizontal pass reads up to `taps` past the end, with weight 0. */
export function scratchBytes(plane: Plane): u64 {
  return (<u64>plane.stride + plane.columns.taps << 1) + 64
}

/** Where the first of the rows of this row of MCUs goes. */
export function stripStart(c: Component, mcuRow: i32): usize {
  const plane = c.plane
  return plane.ring + <usize>(mcuRow * c.v * c.size % plane.ringRows) * plane.stride
}

/** True when row y of the result can be filtered from what was decoded. */
export function isReady(plane: Plane, y: i32): bool {
  return plane.decoded >= min(plane.lines.first + plane.lines.start(y) + plane.lines.reach, plane.height)
}

/** Row y of the result -> plane.row. */
export function filterRow(plane: Plane, y: i32): void {
  const lines = plane.lines, columns = plane.columns, taps = lines.taps
  const from = lines.first + lines.start(y)
  const samples = columns.last - columns.first
  const ring = plane.ring + <usize>columns.first
  charge((<i64>taps * samples >> 4) + (<i64>columns.taps * columns.outputs >> 3))
  if (lines.reach == 1) {
    widenRow(ring + <usize>(from % plane.ringRows) * plane.stride, samples, verticalRow)
  } else {
    for (let t = 0; t < taps; t++) {
      const row = min(from + t, plane.height - 1)
      store<usize>(rowList + (<usize>t << 2), ring + <usize>(row % plane.ringRows) * plane.stride)
    }
    verticalPass8(rowList, lines.weight(y), taps, samples, verticalRow)
  }
  horizontalPass1(verticalRow, columns, plane.row)
}
