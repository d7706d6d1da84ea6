// Colours under transparency. Where alpha is 0 they are invisible, may hide what the sender did not mean to publish, and
// cost bytes: they are replaced by what is cheapest to code.
import { band, width } from './picture'

/** Cells of 8 x 8 pixels, so that the 4 x 4 chroma block under each is flat too. */
const CELL: i32 = 8

/** Whether all alphas of the band's first n rows are 255. */
export function bandIsOpaque(n: i32): bool {
  const bytes = <usize>n * width << 2, whole = bytes & ~15
  let all = i8x16.splat(-1)
  for (let i: usize = 0; i < whole; i += 16) all = v128.and(all, v128.load(band + i))
  let tail = i32x4.extract_lane(all, 0) & i32x4.extract_lane(all, 1) & i32x4.extract_lane(all, 2) & i32x4.extract_lane(all, 3)
  for (let i = whole; i < bytes; i += 4) tail &= load<i32>(band + i)
  return <u32>tail >> 24 == 255
}

/** Invisible pixels take the mean of the visible ones of their cell; an invisible cell, that of the cell before. */
export function flattenInvisible(n: i32): void {
  for (let y = 0; y < n; y += CELL) {
    let colour: u32 = 0x808080
    for (let x = 0; x < width; x += CELL) colour = flattenCell(x, y, min(CELL, width - x), min(CELL, n - y), colour)
  }
}

function flattenCell(left: i32, top: i32, w: i32, h: i32, before: u32): u32 {
  let r: u32 = 0, g: u32 = 0, b: u32 = 0, visible: u32 = 0
  for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) {
    const p = pixel(left + x, top + y)
    if (!load<u8>(p, 3)) continue
    r += load<u8>(p)
    g += load<u8>(p, 1)
    b += load<u8>(p, 2)
    visible++
  }
  if (visible == <u32>(w * h)) return r / visible | g / visible << 8 | b / visible << 16
  const colour = visible ? r / visible | g / visible << 8 | b / visible << 16 : before
  for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) {
    const p = pixel(left + x, top + y)
    if (!load<u8>(p, 3)) store<u32>(p, colour)
  }
  return colour
}

@inline function pixel(x: i32, y: i32): usize {
  return band + (<usize>(y * width + x) << 2)
}
