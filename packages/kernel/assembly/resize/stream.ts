// The streaming resizer. A decoder calls openResize() once it knows the size of the picture, then pushRows() for
// every row from top to bottom; after the last, the finished picture is at outputPointer(). Only as many rows
// are held as the filter is high, and of the result as many as the window is.
import { Code } from '../codes'
import { charge } from '../fuel'
import { alloc, allocZeroed } from '../memory'
import {
  boxReduction, cropHeight, cropWidth, cropX, cropY, fitPlan, mirrorsColumns, orientation, outHeight, outWidth,
} from '../plan'
import { finishRow, premultiply, widen } from './alpha'
import { openShrink, shrinkInput, shrinkRow } from './box-shrink'
import { FilterTable, makeFilterTable } from './filter-table'
import { horizontalPass4 } from './horizontal'
import { Kernel } from './kernels'
import { hasRoom, nextRow, openWriter, rowDone } from './orientation-writer'
import { verticalPass16, verticalPass8 } from './vertical'

const MOST_SHRINK: i32 = 8

let sourceWidth: i32 = 0, sourceHeight: i32 = 0, alpha: bool = false
let unscaled: bool = false
let shrink: i32 = 1
/** Rows in the ring are u8 when they are opaque and not shrunk, else i16 (value << 6). */
let wide: bool = false
let columns: FilterTable = changetype<FilterTable>(0), lines: FilterTable = changetype<FilterTable>(0)
let ring: usize = 0, ringRows: i32 = 0, stride: usize = 0
let pushed: i32 = 0, held: i32 = 0, y: i32 = 0, ringHeight: i32 = 0
let rowList: usize = 0, verticalRow: usize = 0, horizontalRow: usize = 0

/**
 * Prepares for a source of this size, by the plan that setPlan() left. Without alpha, the fourth byte is kept. With a
 * window of less than ALL_ROWS, takeRows() is to be called after each pushRows().
 */
export function openResize(width: i32, height: i32, hasAlpha: bool, window: i32): Code {
  const fits = fitPlan(width, height)
  if (fits != Code.Ok) return fits
  sourceWidth = width
  sourceHeight = height
  alpha = hasAlpha
  pushed = 0
  held = 0
  y = 0
  unscaled = cropWidth == outWidth && cropHeight == outHeight
    && cropX == Math.floor(cropX) && cropY == Math.floor(cropY)
  const opened = openWriter(outWidth, outHeight, orientation, window)
  if (opened != Code.Ok || unscaled) return opened

  shrink = boxReduction(MOST_SHRINK)
  wide = alpha || shrink > 1
  const by = <f64>shrink
  const ringWidth = (width + shrink - 1) / shrink
  ringHeight = (height + shrink - 1) / shrink
  lines = makeFilterTable(
    Kernel.Lanczos3, ringHeight, cropY / by, cropHeight / by / outHeight, outHeight, 2, 1, false)
  columns = makeFilterTable(
    Kernel.Lanczos3, ringWidth, cropX / by, cropWidth / by / outWidth, outWidth, 2, 4, mirrorsColumns(orientation))
  if (!changetype<usize>(lines) || !changetype<usize>(columns)) return Code.OutOfMemory
  const pixel = wide ? 8 : 4
  // Halving writes whole groups of 32 source pixels.
  stride = <usize>(ringWidth + 32) * pixel
  ringRows = lines.taps + 2
  ring = alloc(<u64>stride * ringRows)
  rowList = alloc(<u64>lines.taps << 2)
  // The horizontal pass reads up to `taps` pixels past the row, with weight 0.
  verticalRow = allocZeroed((<u64>(ringWidth + columns.taps) << 3) + 64)
  horizontalRow = alloc(<u64>columns.outputs << 3)
  if (!ring || !rowList || !verticalRow || !horizontalRow) return Code.OutOfMemory
  return shrink > 1 ? openShrink(width, shrink) : Code.Ok
}

/**
 * Takes `count` RGBA rows that lie `step` bytes apart; up to 16 bytes past the end of each are read.
 * @returns how many it took: fewer when there is no room for the rows that they finish, until takeRows()
 */
export function pushRows(rows: usize, count: i32, step: usize): i32 {
  let done = 0
  for (; done < count && pushed < sourceHeight && writeReadyRows(); done++, rows += step) {
    pushed++
    if (unscaled) copyRow(rows)
    else if (takeRow(rows)) held++
  }
  writeReadyRows()
  return done
}

/** True when it gave a row to the ring. */
function takeRow(row: usize): bool {
  charge(sourceWidth >> 2)
  const to = ring + <usize>(held % ringRows) * stride
  if (!wide) {
    memory.copy(to, row, <usize>sourceWidth << 2)
    return true
  }
  const widened = shrink > 1 ? shrinkInput() : to
  if (alpha) premultiply(row, sourceWidth, widened)
  else widen(row, sourceWidth, widened)
  return shrink == 1 || shrinkRow(sourceWidth, pushed == sourceHeight, to)
}

/** False when there is no room for one of them. */
function writeReadyRows(): bool {
  if (unscaled) return hasRoom()
  while (y < outHeight) {
    const from = lines.first + lines.start(y), taps = lines.taps
    if (held < min(from + lines.reach, ringHeight)) return true
    if (!hasRoom()) return false
    const pixel: usize = wide ? 8 : 4
    const skip = <usize>columns.first * pixel
    for (let t = 0; t < taps; t++) {
      const row = min(from + t, ringHeight - 1)
      store<usize>(rowList + (<usize>t << 2), ring + <usize>(row % ringRows) * stride + skip)
    }
    const bytes = (columns.last - columns.first) * <i32>pixel
    charge((<i64>taps * bytes >> 4) + (<i64>columns.taps * columns.outputs >> 1))
    if (wide) verticalPass16(rowList, lines.weight(y), taps, bytes, verticalRow)
    else verticalPass8(rowList, lines.weight(y), taps, bytes, verticalRow)
    horizontalPass4(verticalRow, columns, horizontalRow)
    finishRow(horizontalRow, outWidth, alpha, nextRow())
    rowDone()
    y++
  }
  return true
}

/** No scaling: the crop is copied, without a round trip through premultiplied colour. */
function copyRow(row: usize): void {
  const line = pushed - 1 - <i32>cropY
  if (line < 0 || line >= outHeight) return
  charge(outWidth >> 2)
  const from = row + (<usize>cropX << 2), to = nextRow()
  if (mirrorsColumns(orientation)) {
    const last = from + (<usize>(outWidth - 1) << 2)
    for (let x: usize = 0; x < <usize>outWidth; x++) store<u32>(to + (x << 2), load<u32>(last - (x << 2)))
  } else memory.copy(to, from, <usize>outWidth << 2)
  rowDone()
}
