// A scanline's samples to RGBA of 8 bits (PNG 3rd edition, 13.12 for the depths).
import {
  depth, colourType, channels, palette, keyed, keyRed, keyGreen, keyBlue, GREY, TRUECOLOUR, INDEXED, GREY_ALPHA,
} from './header'

const OPAQUE: u32 = 0xff000000

/** Whether a row of the file is RGBA of 8 bits already. */
export function isRgba8(): bool {
  return depth == 8 && channels == 4
}

/**
 * `n` pixels from `row` to RGBA at `rgba`; `samples` has room for a row of 8-bit samples. Up to 32 bytes more are
 * read, and 16 written.
 */
export function toRgba(row: usize, n: usize, samples: usize, rgba: usize): void {
  if (colourType == INDEXED || (colourType == GREY && depth < 16)) return indexed(row, n, rgba)
  let from = row
  if (depth == 16) {
    from = channels == 4 ? rgba : samples
    narrow(row, from, n * <usize>channels)
  }
  if (colourType == GREY) grey(from, n, rgba)
  else if (colourType == GREY_ALPHA) greyAlpha(from, n, rgba)
  else if (colourType == TRUECOLOUR) rgb(from, n, rgba)
  if (keyed) applyKey(row, n, rgba)
}

function indexed(row: usize, n: usize, rgba: usize): void {
  if (depth == 8) {
    for (let x: usize = 0; x < n; x++) store<u32>(rgba + (x << 2), load<u32>(palette + (<usize>load<u8>(row + x) << 2)))
    return
  }
  const mask: u32 = (1 << depth) - 1
  let shift = 8 - depth // leftmost pixel in the high bits (7.2)
  for (let x: usize = 0; x < n; x++) {
    const index = (<u32>load<u8>(row) >> shift) & mask
    store<u32>(rgba + (x << 2), load<u32>(palette + (<usize>index << 2)))
    shift -= depth
    if (shift < 0) {
      shift = 8 - depth
      row++
    }
  }
}

function grey(from: usize, n: usize, rgba: usize): void {
  const opaque = i32x4.splat(OPAQUE)
  for (let x: usize = 0; x < n; x += 4)
    v128.store(rgba + (x << 2), v128.or(opaque, i8x16.swizzle(
      v128.load32_zero(from + x), i8x16(0, 0, 0, -1, 1, 1, 1, -1, 2, 2, 2, -1, 3, 3, 3, -1))))
}

function greyAlpha(from: usize, n: usize, rgba: usize): void {
  for (let x: usize = 0; x < n; x += 4)
    v128.store(rgba + (x << 2), i8x16.swizzle(
      v128.load64_zero(from + (x << 1)), i8x16(0, 0, 0, 1, 2, 2, 2, 3, 4, 4, 4, 5, 6, 6, 6, 7)))
}

function rgb(from: usize, n: usize, rgba: usize): void {
  const opaque = i32x4.splat(OPAQUE)
  for (let x: usize = 0; x < n; x += 4)
    v128.store(rgba + (x << 2), v128.or(opaque, i8x16.swizzle(
      v128.load(from + x * 3), i8x16(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1))))
}

/**
 * Big-endian 16 bits to 8, rounded: v * 255 / 65535 = v / 257. With v = 256 high + low that is
 * high + (low - high) / 257, and the second term rounds to 0, or to 1 or -1 from a difference of 129 on.
 */
function narrow(from: usize, to: usize, n: usize): void {
  const limit = i8x16.splat(-128) // 128 unsigned
  for (let i: usize = 0; i < n; i += 16) {
    const p = v128.load(from + (i << 1)), q = v128.load(from + (i << 1), 16)
    const high = i8x16.shuffle(p, q, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30)
    const low = i8x16.shuffle(p, q, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31)
    const up = i8x16.gt_u(i8x16.sub_sat_u(low, high), limit), down = i8x16.gt_u(i8x16.sub_sat_u(high, low), limit)
    v128.store(to + i, i8x16.add(i8x16.sub(high, up), down)) // a comparison that holds is -1
  }
}

/** The colour of tRNS becomes transparent; compared as stored in the file. */
function applyKey(row: usize, n: usize, rgba: usize): void {
  if (depth == 8) {
    const key = <u32>keyRed | (<u32>keyGreen << 8) | (<u32>keyBlue << 16) | OPAQUE
    for (let p = rgba; p < rgba + (n << 2); p += 4) if (load<u32>(p) == key) store<u32>(p, key ^ OPAQUE)
    return
  }
  const red = bswap<u16>(<u16>keyRed), green = bswap<u16>(<u16>keyGreen), blue = bswap<u16>(<u16>keyBlue)
  const step: usize = <usize>channels << 1
  for (let x: usize = 0; x < n; x++, row += step) {
    if (load<u16>(row) != red) continue
    if (channels == 3 && (load<u16>(row, 2) != green || load<u16>(row, 4) != blue)) continue
    store<u8>(rgba + (x << 2), 0, 3)
  }
}
