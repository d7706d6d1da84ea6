// The predictor transform (RFC 9649, 4.1): each pixel was coded as its difference from what its neighbours
// tell. L is to the left, T above, TL and TR beside that one; TR of the last pixel is the first of the row
// itself.

const BLACK: u32 = 0xff000000

/**
 * One row of `n` pixels and differences. `above` has the row before it, and must have room for a pixel more.
 */
export function undoPrediction(
  from: usize, above: usize, to: usize, n: i32, y: i32, tiles: usize, bits: i32,
): void {
  if (y == 0) {
    store<u32>(to, addPixels(load<u32>(from), BLACK))
    return left(from, to, 1, n)
  }
  store<u32>(to, addPixels(load<u32>(from), load<u32>(above)))
  store<u32>(above + (<usize>n << 2), load<u32>(to))
  for (let x = 1; x < n;) {
    const mode = load<u8>(tiles + (x >> bits))
    const stop = min(((x >> bits) + 1) << bits, n)
    undo(mode, from, above, to, x, stop)
    x = stop
  }
}

function undo(mode: i32, from: usize, above: usize, to: usize, x: i32, stop: i32): void {
  if (mode == 1) left(from, to, x, stop)
  else if (mode >= 2 && mode <= 4) addRow(from, above + (mode == 2 ? 0 : mode == 3 ? 4 : -4), to, x, stop)
  else if (mode == 8) addAverage(from, above - 4, above, to, x, stop)
  else if (mode == 9) addAverage(from, above, above + 4, to, x, stop)
  else if (mode == 11) select(from, above, to, x, stop)
  else if (mode == 12) gradient(from, above, to, x, stop)
  else if (mode == 13) halfGradient(from, above, to, x, stop)
  else if (mode == 0 || mode >= 14) addBlack(from, to, x, stop)
  else averageOfLeft(mode, from, above, to, x, stop)
}

// @ts-ignore: decorator
@inline function addPixels(a: u32, b: u32): u32 {
  const odd = (a & 0xff00ff00) + (b & 0xff00ff00), even = (a & 0x00ff00ff) + (b & 0x00ff00ff)
  return (odd & 0xff00ff00) | (even & 0x00ff00ff)
}

/** Rounded down: the instruction rounds up. */
// @ts-ignore: decorator
@inline function average(a: v128, b: v128): v128 {
  return i8x16.sub(i8x16.avgr_u(a, b), v128.and(v128.xor(a, b), i8x16.splat(1)))
}

// @ts-ignore: decorator
@inline function at(row: usize, x: i32): usize { return row + (<usize>x << 2) }

// What needs no pixel to the left goes four at a time; up to three more may be written, which then are again.

function addBlack(from: usize, to: usize, x: i32, stop: i32): void {
  for (; x < stop; x += 4) v128.store(at(to, x), i8x16.add(v128.load(at(from, x)), i32x4.splat(BLACK)))
}

function addRow(from: usize, row: usize, to: usize, x: i32, stop: i32): void {
  for (; x < stop; x += 4) v128.store(at(to, x), i8x16.add(v128.load(at(from, x)), v128.load(at(row, x))))
}

function addAverage(from: usize, a: usize, b: usize, to: usize, x: i32, stop: i32): void {
  for (; x < stop; x += 4) {
    const mean = average(v128.load(at(a, x)), v128.load(at(b, x)))
    v128.store(at(to, x), i8x16.add(v128.load(at(from, x)), mean))
  }
}

/** 1: a running sum. */
function left(from: usize, to: usize, x: i32, stop: i32): void {
  const zero = i64x2.splat(0)
  let sum = x > 0 ? v128.load32_splat(at(to, x - 1)) : zero
  for (; x < stop; x += 4) {
    let v = v128.load(at(from, x))
    v = i8x16.add(v, i32x4.shuffle(v, zero, 4, 0, 1, 2))
    v = i8x16.add(v, i32x4.shuffle(v, zero, 4, 4, 0, 1))
    v = i8x16.add(v, sum)
    v128.store(at(to, x), v)
    sum = i32x4.shuffle(v, v, 3, 3, 3, 3)
  }
}

/** 5, 6, 7 and 10. */
function averageOfLeft(mode: i32, from: usize, above: usize, to: usize, x: i32, stop: i32): void {
  let l = v128.load32_zero(at(to, x - 1))
  for (; x < stop; x++) {
    const t = v128.load32_zero(at(above, x))
    let p = l
    if (mode == 5) p = average(average(l, v128.load32_zero(at(above, x + 1))), t)
    else if (mode == 6) p = average(l, v128.load32_zero(at(above, x - 1)))
    else if (mode == 7) p = average(l, t)
    else {
      const left = average(l, v128.load32_zero(at(above, x - 1)))
      p = average(left, average(t, v128.load32_zero(at(above, x + 1))))
    }
    l = i8x16.add(v128.load32_zero(at(from, x)), p)
    v128.store32_lane(at(to, x), l, 0)
  }
}

/** |a - b| of four bytes, summed. */
// @ts-ignore: decorator
@inline function distance(a: v128, b: v128): i32 {
  const d = v128.or(i8x16.sub_sat_u(a, b), i8x16.sub_sat_u(b, a))
  const pairs = i16x8.extadd_pairwise_i8x16_u(d)
  return i32x4.extract_lane(i32x4.extadd_pairwise_i16x8_u(pairs), 0)
}

/** 11: L or T, whichever is nearer to L + T - TL. */
function select(from: usize, above: usize, to: usize, x: i32, stop: i32): void {
  let l = v128.load32_zero(at(to, x - 1)), tl = v128.load32_zero(at(above, x - 1))
  for (; x < stop; x++) {
    const t = v128.load32_zero(at(above, x))
    const p = distance(t, tl) < distance(l, tl) ? l : t
    l = i8x16.add(v128.load32_zero(at(from, x)), p)
    v128.store32_lane(at(to, x), l, 0)
    tl = t
  }
}

/** 12: L + T - TL. */
function gradient(from: usize, above: usize, to: usize, x: i32, stop: i32): void {
  let l = v128.load32_zero(at(to, x - 1)), tl = i16x8.extend_low_i8x16_u(v128.load32_zero(at(above, x - 1)))
  for (; x < stop; x++) {
    const t = i16x8.extend_low_i8x16_u(v128.load32_zero(at(above, x)))
    const p = i16x8.add(i16x8.extend_low_i8x16_u(l), i16x8.sub(t, tl))
    l = i8x16.add(v128.load32_zero(at(from, x)), i8x16.narrow_i16x8_u(p, p))
    v128.store32_lane(at(to, x), l, 0)
    tl = t
  }
}

/** 13: M + (M - TL) / 2 of the mean M of L and T; the half is rounded to zero. */
function halfGradient(from: usize, above: usize, to: usize, x: i32, stop: i32): void {
  let l = v128.load32_zero(at(to, x - 1)), tl = i16x8.extend_low_i8x16_u(v128.load32_zero(at(above, x - 1)))
  for (; x < stop; x++) {
    const above8 = v128.load32_zero(at(above, x))
    const mean = i16x8.extend_low_i8x16_u(average(l, above8))
    const d = i16x8.sub(mean, tl)
    const half = i16x8.shr_s(i16x8.add(d, i16x8.shr_u(d, 15)), 1)
    const p = i16x8.add(mean, half)
    l = i8x16.add(v128.load32_zero(at(from, x)), i8x16.narrow_i16x8_u(p, p))
    v128.store32_lane(at(to, x), l, 0)
    tl = i16x8.extend_low_i8x16_u(above8)
  }
}
