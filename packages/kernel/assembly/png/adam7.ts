// Adam7 (PNG 3rd edition, 8.2): seven reduced pictures, one after the other in the stream, and a row of the whole has
// pixels of up to four of them. The stream is gone through once to find where each begins, and then read at those places
// side by side: what is held is seven windows and a few rows, however large the picture is.
import { Code } from '../codes'
import { charge } from '../fuel'
import { takeInflated, Place, allocPlace, notePlace, takeAt } from '../inflate/inflate'
import { needInflated } from '../inflate/zlib'
import { alloc, allocZeroed } from '../memory'
import { depth, channels, imageWidth, imageHeight, rowBytes } from './header'
import { toRgba } from './pixels'
import { LAST_FILTER, unfilter } from './unfilter'

const PASSES = 7
const X_START: usize = memory.data<u8>([0, 4, 0, 2, 0, 1, 0])
const Y_START: usize = memory.data<u8>([0, 0, 4, 0, 2, 0, 1])
const X_SHIFT: usize = memory.data<u8>([3, 3, 2, 2, 1, 1, 0])
const Y_SHIFT: usize = memory.data<u8>([3, 3, 3, 2, 2, 1, 1])

// @ts-ignore: decorator
@unmanaged class Pass {
  place: Place
  current: usize
  above: usize
}

let passes: usize = 0
/** A row of the whole: as in the file, several pixels to a byte where they are small, or as RGBA where that is smaller. */
let line: usize = 0

// @ts-ignore: decorator
@inline function pass(i: i32): Pass {
  return changetype<Pass>(passes + <usize>i * offsetof<Pass>())
}

// @ts-ignore: decorator
@inline function keptBits(): i32 {
  return depth * channels > 32 ? 32 : depth * channels
}

// @ts-ignore: decorator
@inline function keptAsRgba(): bool {
  return depth * channels > 32
}

function strideOf(width: i32): usize {
  return (<usize>width * <usize>keptBits() + 7) >> 3
}

/** For rasters up to the size of the image, after `allocInflate`. False when there is no memory. */
export function allocPasses(): bool {
  line = alloc(strideOf(imageWidth))
  passes = allocZeroed(PASSES * offsetof<Pass>())
  if (!line || !passes) return false
  for (let i = 0; i < PASSES; i++) {
    if (isEmpty(i, imageWidth, imageHeight)) continue
    const p = pass(i), row = rowBytes(passWidth(i, imageWidth))
    p.place = allocPlace()
    p.current = alloc(row)
    p.above = alloc(row)
    if (!changetype<usize>(p.place) || !p.current || !p.above) return false
  }
  return true
}

function passWidth(i: i32, width: i32): i32 {
  const shift = load<u8>(X_SHIFT + i)
  return (width - load<u8>(X_START + i) + (1 << shift) - 1) >> shift
}

function passHeight(i: i32, height: i32): i32 {
  const shift = load<u8>(Y_SHIFT + i)
  return (height - load<u8>(Y_START + i) + (1 << shift) - 1) >> shift
}

function isEmpty(i: i32, width: i32, height: i32): bool {
  return passWidth(i, width) == 0 || passHeight(i, height) == 0
}

/** Goes through the scanlines of all passes, and notes where each pass begins. Ok or an error. */
export function findPasses(width: i32, height: i32): Code {
  for (let i = 0; i < PASSES; i++) {
    if (isEmpty(i, width, height)) continue
    const p = pass(i), row = rowBytes(passWidth(i, width)), rows = passHeight(i, height)
    notePlace(p.place)
    memory.fill(p.above, 0, row) // the row above the first (9.2)
    charge(rows)
    for (let y = 0; y < rows; y++) {
      const error = needInflated(row + 1)
      if (error) return error
      if (<i32>load<u8>(takeInflated(row + 1)) > LAST_FILTER) return Code.Corrupt
    }
  }
  return Code.Ok
}

/** Row `y` as RGBA, or 0. Rows come from top to bottom. */
export function wholeRow(y: i32, samples: usize, rgba: usize, width: i32): usize {
  // Pixels of less than a byte are put in with OR.
  if (keptBits() < 8) memory.fill(line, 0, strideOf(width))
  for (let i = 0; i < PASSES; i++) {
    const w = passWidth(i, width)
    if (w == 0 || (y & ((1 << load<u8>(Y_SHIFT + i)) - 1)) != load<u8>(Y_START + i)) continue
    const scanline = nextScanline(i, w)
    if (!scanline) return 0
    keepPassRow(scanline, i, w, samples, rgba)
  }
  if (keptAsRgba() || (depth == 8 && channels == 4)) return line
  toRgba(line, width, samples, rgba)
  return rgba
}

/** Its filters were seen before: there is no wrong one. */
function nextScanline(i: i32, w: i32): usize {
  const p = pass(i), n = rowBytes(w), raw = takeAt(p.place, n + 1)
  if (!raw) return 0
  const row = p.current
  unfilter(<i32>load<u8>(raw), raw + 1, row, p.above, n, (depth * channels + 7) >> 3)
  p.current = p.above
  p.above = row
  return row
}

/** Puts `n` pixels of a pass where they belong in the row of the whole. */
function keepPassRow(scanline: usize, i: i32, n: i32, samples: usize, rgba: usize): void {
  const first = <usize>load<u8>(X_START + i), shift = <usize>load<u8>(X_SHIFT + i)
  if (keptBits() < 8) return keepBits(scanline, line, n, first, shift)
  let from = scanline
  if (keptAsRgba()) {
    toRgba(scanline, n, samples, rgba)
    from = rgba
  }
  const bytes = <usize>keptBits() >> 3
  const step = bytes << shift, end = from + <usize>n * bytes
  let p = line + first * bytes
  if (bytes == 1) for (; from < end; from += 1, p += step) store<u8>(p, load<u8>(from))
  else if (bytes == 2) for (; from < end; from += 2, p += step) store<u16>(p, load<u16>(from))
  else if (bytes == 4) for (; from < end; from += 4, p += step) store<u32>(p, load<u32>(from))
  else for (; from < end; from += 3, p += step) {
    store<u16>(p, load<u16>(from))
    store<u8>(p, load<u8>(from, 2), 2)
  }
}

function keepBits(from: usize, to: usize, n: i32, first: usize, shift: usize): void {
  const mask: u32 = (1 << depth) - 1
  for (let i: usize = 0; i < <usize>n; i++) {
    const source = i * depth, target = (first + (i << shift)) * depth
    const value = (<u32>load<u8>(from + (source >> 3)) >> (8 - depth - <i32>(source & 7))) & mask
    const p = to + (target >> 3)
    store<u8>(p, <u8>(<u32>load<u8>(p) | (value << (8 - depth - <i32>(target & 7)))))
  }
}
