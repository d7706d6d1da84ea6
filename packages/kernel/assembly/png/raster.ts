// One zlib stream of scanlines to rows of RGBA, top to bottom: what IDAT holds, and each frame of an animation.
import { Code } from '../codes'
import { alloc } from '../memory'
import { charge } from '../fuel'
import { allocInflate, skim, takeInflated } from '../inflate/inflate'
import { startZlib, needInflated, finishZlib } from '../inflate/zlib'
import { depth, channels, interlaced, imageWidth, imageHeight, rowBytes } from './header'
import { LAST_FILTER, unfilter } from './unfilter'
import { toRgba, isRgba8 } from './pixels'
import { allocPasses, findPasses, wholeRow } from './adam7'

let current: usize = 0, above: usize = 0
let samples: usize = 0, rgba: usize = 0
let width: i32 = 0, height: i32 = 0, y: i32 = 0
/** Why the last row could not be read. */
export let rasterError: Code = Code.Ok

/** Memory for rasters up to the size of the image. Ok or an error. */
export function allocRaster(): Code {
  const row = rowBytes(imageWidth)
  current = alloc(row)
  above = alloc(row)
  samples = alloc(depth == 16 ? <u64>imageWidth * channels : 0)
  rgba = alloc(<u64>imageWidth << 2)
  if (!current || !above || !samples || !rgba || !allocInflate(row + 1)) return Code.OutOfMemory
  return interlaced && !allocPasses() ? Code.OutOfMemory : Code.Ok
}

/** Begins a raster of w x h pixels, at most those of the image. Ok or an error. */
export function startRaster(from: usize, to: usize, w: i32, h: i32): Code {
  width = w
  height = h
  y = 0
  const error = startZlib(from, to)
  if (error) return error
  memory.fill(above, 0, rowBytes(w)) // the row above the first (9.2)
  if (!interlaced) return Code.Ok
  // The stream is read to its end for the places where passes begin.
  skim(true)
  const found = findPasses(w, h), end = found == Code.Ok ? finishZlib() : found
  skim(false)
  return end
}

/** The next row as RGBA, or 0 and `rasterError`. It stays in place until the row after it is read. */
export function readRow(): usize {
  charge(width)
  if (interlaced) {
    const row = wholeRow(y, samples, rgba, width)
    if (!row) rasterError = Code.Corrupt
    y++
    return row
  }
  const row = readScanline(width)
  if (!row) return 0
  y++
  if (isRgba8()) return row
  toRgba(row, width, samples, rgba)
  return rgba
}

/** After the last row: the rest of the stream and its checksum. Ok or an error. */
export function finishRaster(): Code {
  return interlaced ? Code.Ok : finishZlib()
}

/** A scanline of `w` pixels as in the file but without its filter, or 0 and `rasterError`. */
function readScanline(w: i32): usize {
  const n = rowBytes(w)
  rasterError = needInflated(n + 1)
  if (rasterError) return 0
  const raw = takeInflated(n + 1)
  const filter = <i32>load<u8>(raw)
  if (filter > LAST_FILTER) {
    rasterError = Code.Corrupt
    return 0
  }
  const pixelBytes = (depth * channels + 7) >> 3
  unfilter(filter, raw + 1, current, above, n, pixelBytes)
  const row = current
  current = above
  above = row
  return row
}
