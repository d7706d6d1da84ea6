// Vertical pass: a weighted sum of rows into one i16 row that holds value << 6.

/**
 * u8 rows. `rows` lists `taps` (even) row addresses; `bytes` are done from each, in whole vectors.
 * Pairs of rows are interleaved so that one dot product multiplies and adds two taps.
 */
export function verticalPass8(rows: usize, weights: usize, taps: i32, bytes: i32, out: usize): void {
  const round = i32x4.splat(1 << 7)
  const end = weights + (<usize>taps << 1)
  let x: usize = 0
  for (const whole = <usize>(bytes & ~31); x < whole; x += 32) {
    let a = round, b = round, c = round, d = round, e = round, f = round, g = round, h = round
    let row = rows
    for (let w = weights; w < end; w += 4) {
      const above = load<usize>(row) + x, below = load<usize>(row, 4) + x
      const pair = v128.load_splat<u32>(w)
      let p = v128.load(above), q = v128.load(below)
      let low = zipLow8(p, q), high = zipHigh8(p, q)
      a = i32x4.add(a, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(low), pair))
      b = i32x4.add(b, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(low), pair))
      c = i32x4.add(c, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(high), pair))
      d = i32x4.add(d, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(high), pair))
      p = v128.load(above, 16)
      q = v128.load(below, 16)
      low = zipLow8(p, q)
      high = zipHigh8(p, q)
      e = i32x4.add(e, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(low), pair))
      f = i32x4.add(f, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(low), pair))
      g = i32x4.add(g, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(high), pair))
      h = i32x4.add(h, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(high), pair))
      row += 8
    }
    storeSums(a, b, c, d, out)
    storeSums(e, f, g, h, out + 32)
    out += 64
  }
  for (; x < <usize>bytes; x += 16) {
    let a = round, b = round, c = round, d = round
    let row = rows
    for (let w = weights; w < end; w += 4) {
      const p = v128.load(load<usize>(row) + x)
      const q = v128.load(load<usize>(row, 4) + x)
      const pair = v128.load_splat<u32>(w)
      const low = zipLow8(p, q), high = zipHigh8(p, q)
      a = i32x4.add(a, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(low), pair))
      b = i32x4.add(b, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(low), pair))
      c = i32x4.add(c, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(high), pair))
      d = i32x4.add(d, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(high), pair))
      row += 8
    }
    storeSums(a, b, c, d, out)
    out += 32
  }
}

// @ts-ignore: decorator
@inline function zipLow8(p: v128, q: v128): v128 {
  return i8x16.shuffle(p, q, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
}
// @ts-ignore: decorator
@inline function zipHigh8(p: v128, q: v128): v128 {
  return i8x16.shuffle(p, q, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
}
// @ts-ignore: decorator
@inline function storeSums(a: v128, b: v128, c: v128, d: v128, out: usize): void {
  v128.store(out, i16x8.narrow_i32x4_s(i32x4.shr_s(a, 8), i32x4.shr_s(b, 8)))
  v128.store(out, i16x8.narrow_i32x4_s(i32x4.shr_s(c, 8), i32x4.shr_s(d, 8)), 16)
}

/** The same over rows of i16 that hold value << 6 already. */
export function verticalPass16(rows: usize, weights: usize, taps: i32, bytes: i32, out: usize): void {
  const round = i32x4.splat(1 << 13)
  const end = weights + (<usize>taps << 1)
  for (let x: usize = 0; x < <usize>bytes; x += 16) {
    let a = round, b = round
    let row = rows
    for (let w = weights; w < end; w += 4) {
      const p = v128.load(load<usize>(row) + x)
      const q = v128.load(load<usize>(row, 4) + x)
      const pair = v128.load_splat<u32>(w)
      a = i32x4.add(a, i32x4.dot_i16x8_s(i16x8.shuffle(p, q, 0, 8, 1, 9, 2, 10, 3, 11), pair))
      b = i32x4.add(b, i32x4.dot_i16x8_s(i16x8.shuffle(p, q, 4, 12, 5, 13, 6, 14, 7, 15), pair))
      row += 8
    }
    v128.store(out, i16x8.narrow_i32x4_s(i32x4.shr_s(a, 14), i32x4.shr_s(b, 14)))
    out += 16
  }
}

/** One u8 row with weight one: only widened. */
export function widenRow(row: usize, bytes: i32, out: usize): void {
  for (let x: usize = 0; x < <usize>bytes; x += 16) {
    const p = v128.load(row + x)
    v128.store(out, i16x8.shl(i16x8.extend_low_i8x16_u(p), 6))
    v128.store(out, i16x8.shl(i16x8.extend_high_i8x16_u(p), 6), 16)
    out += 32
  }
}
