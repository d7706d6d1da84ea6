// Scanline filters (PNG 3rd edition, 9.2), undone from the inflate window into a row of its own.

/** 9.2: there are five. */
export const LAST_FILTER = 4

/** Writes more than a pixel where that is one instruction; the next pixel goes over it. */
// @ts-ignore: decorator
@inline function put(p: usize, v: v128, size: i32): void {
  if (size > 4) v128.store64_lane(p, v, 0)
  else v128.store32_lane(p, v, 0)
}

// @ts-ignore: decorator
@inline function get(p: usize, size: i32): v128 {
  return size > 4 ? v128.load64_zero(p) : v128.load32_zero(p)
}

// @ts-ignore: decorator
@inline function sub(raw: usize, row: usize, n: usize, size: i32): void {
  let left = i8x16.splat(0)
  for (let x: usize = 0; x < n; x += size) {
    left = i8x16.add(left, get(raw + x, size))
    put(row + x, left, size)
  }
}

// @ts-ignore: decorator
@inline function average(raw: usize, row: usize, above: usize, n: usize, size: i32): void {
  const one = i8x16.splat(1)
  let left = i8x16.splat(0)
  for (let x: usize = 0; x < n; x += size) {
    const up = get(above + x, size)
    // avgr rounds up where the filter rounds down
    const half = i8x16.sub(i8x16.avgr_u(left, up), v128.and(v128.xor(left, up), one))
    left = i8x16.add(half, get(raw + x, size))
    put(row + x, left, size)
  }
}

/** 9.4, a pixel at a time in 16-bit lanes. */
// @ts-ignore: decorator
@inline function paeth(raw: usize, row: usize, above: usize, n: usize, size: i32): void {
  let left = i16x8.splat(0), corner = left
  for (let x: usize = 0; x < n; x += size) {
    const up = i16x8.extend_low_i8x16_u(get(above + x, size))
    const a = i16x8.sub(up, corner), b = i16x8.sub(left, corner)
    const pa = i16x8.abs(a), pb = i16x8.abs(b), pc = i16x8.abs(i16x8.add(a, b))
    const least = i16x8.min_s(pc, i16x8.min_s(pa, pb))
    let predicted = v128.bitselect(up, corner, i16x8.eq(least, pb))
    predicted = v128.bitselect(left, predicted, i16x8.eq(least, pa))
    left = i8x16.add(predicted, i16x8.extend_low_i8x16_u(get(raw + x, size))) // modulo 256, the high bytes stay 0
    corner = up
    put(row + x, i8x16.narrow_i16x8_u(left, left), size)
  }
}

// @ts-ignore: decorator
@inline function serial(filter: i32, raw: usize, row: usize, above: usize, n: usize, size: i32): void {
  if (filter == 1) sub(raw, row, n, size)
  else if (filter == 3) average(raw, row, above, n, size)
  else paeth(raw, row, above, n, size)
}

/** Pixels of one byte and less, and the definition of the filters in the clear. */
function bytewise(filter: i32, raw: usize, row: usize, above: usize, n: usize): void {
  let left = 0, corner = 0
  for (let x: usize = 0; x < n; x++) {
    const up = <i32>load<u8>(above + x)
    let predicted = left
    if (filter == 3) predicted = (left + up) >> 1
    else if (filter == 4) {
      const pa = abs(up - corner), pb = abs(left - corner), pc = abs(left + up - 2 * corner)
      predicted = pa <= pb && pa <= pc ? left : pb <= pc ? up : corner
    }
    left = (<i32>load<u8>(raw + x) + predicted) & 255
    corner = up
    store<u8>(row + x, <u8>left)
  }
}

/** `size` is the bytes of a pixel, at least 1. Rows may be read and written up to 16 bytes past `n`. */
export function unfilter(filter: i32, raw: usize, row: usize, above: usize, n: usize, size: i32): void {
  if (filter == 0) memory.copy(row, raw, n)
  else if (filter == 2) {
    for (let x: usize = 0; x < n; x += 16) v128.store(row + x, i8x16.add(v128.load(raw + x), v128.load(above + x)))
  } else if (size == 4) serial(filter, raw, row, above, n, 4)
  else if (size == 3) serial(filter, raw, row, above, n, 3)
  else if (size == 8) serial(filter, raw, row, above, n, 8)
  else if (size == 6) serial(filter, raw, row, above, n, 6)
  else if (size == 2) serial(filter, raw, row, above, n, 2)
  else bytewise(filter, raw, row, above, n)
}
