// Adam7 (PNG 3rd edition, 8.2): seven reduced pictures put together in memory. Pixels wait in the form they have in
// the file, several to a byte where they are small, unless RGBA of 8 bits is smaller.
import { alloc } from '../memory'
import { depth, channels, imageWidth, imageHeight } from './header'
import { toRgba } from './pixels'

const X_START: usize = memory.data<u8>([0, 4, 0, 2, 0, 1, 0])
const Y_START: usize = memory.data<u8>([0, 0, 4, 0, 2, 0, 1])
const X_SHIFT: usize = memory.data<u8>([3, 3, 2, 2, 1, 1, 0])
const Y_SHIFT: usize = memory.data<u8>([3, 3, 3, 2, 2, 1, 1])

let whole: usize = 0, stride: usize = 0

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

/** False when the picture does not fit in memory. */
export function allocWhole(): bool {
  whole = alloc(<u64>strideOf(imageWidth) * imageHeight)
  return whole != 0
}

/** Pixels of less than a byte are put in with OR. */
export function clearWhole(width: i32, height: i32): void {
  stride = strideOf(width)
  memory.fill(whole, 0, stride * <usize>height)
}

export function passWidth(pass: i32, width: i32): i32 {
  const shift = load<u8>(X_SHIFT + pass)
  return (width - load<u8>(X_START + pass) + (1 << shift) - 1) >> shift
}

export function passHeight(pass: i32, height: i32): i32 {
  const shift = load<u8>(Y_SHIFT + pass)
  return (height - load<u8>(Y_START + pass) + (1 << shift) - 1) >> shift
}

/** Puts row `row` of a pass, `n` pixels, where it belongs in the picture. */
export function keepPassRow(scanline: usize, pass: i32, row: i32, n: i32, samples: usize, rgba: usize): void {
  const y = <usize>load<u8>(Y_START + pass) + (<usize>row << load<u8>(Y_SHIFT + pass))
  const first = <usize>load<u8>(X_START + pass), shift = <usize>load<u8>(X_SHIFT + pass)
  const to = whole + y * stride
  if (keptBits() < 8) return keepBits(scanline, to, n, first, shift)
  let from = scanline
  if (keptAsRgba()) {
    toRgba(scanline, n, samples, rgba)
    from = rgba
  }
  const bytes = <usize>keptBits() >> 3
  const step = bytes << shift, end = from + <usize>n * bytes
  let p = to + first * bytes
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

/** Row `y` of the finished picture as RGBA. */
export function wholeRow(y: i32, samples: usize, rgba: usize, width: i32): usize {
  const row = whole + <usize>y * stride
  if (keptAsRgba() || (depth == 8 && channels == 4)) return row
  toRgba(row, width, samples, rgba)
  return rgba
}
