// Horizontal pass: i16 (value << 6) in, i16 out. It overshoots 0..255 where Lanczos does; the writer clamps.
import { FilterTable } from './filter-table'

/** Sums of the four lanes of a, b, c and d. */
// @ts-ignore: decorator
@inline function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(i32x4.shuffle(a, b, 0, 4, 1, 5), i32x4.shuffle(a, b, 2, 6, 3, 7))
  const cd = i32x4.add(i32x4.shuffle(c, d, 0, 4, 1, 5), i32x4.shuffle(c, d, 2, 6, 3, 7))
  return i32x4.add(i64x2.shuffle(ab, cd, 0, 2), i64x2.shuffle(ab, cd, 1, 3))
}

// @ts-ignore: decorator
@inline function eightTaps(row: usize, start: usize, weight: usize): v128 {
  return i32x4.dot_i16x8_s(v128.load(row + (<usize>load<u32>(start) << 1)), v128.load(weight))
}

// @ts-ignore: decorator
@inline function sixteenTaps(row: usize, start: usize, weight: usize): v128 {
  return i32x4.add(eightTaps(row, start, weight), eightTaps(row + 16, start, weight + 16))
}

/** One channel; out holds value << 5. Taps and outputs are multiples of 8. */
export function horizontalPass1(row: usize, t: FilterTable, out: usize): void {
  const round = i32x4.splat(1 << 14)
  const bytes = <usize>t.taps << 1
  let start = t.starts, weight = t.weights
  const end = out + (<usize>t.outputs << 1)
  if (t.taps == 8) {
    for (; out < end; out += 16) {
      const low = sums(
        eightTaps(row, start, weight), eightTaps(row, start + 4, weight + 16),
        eightTaps(row, start + 8, weight + 32), eightTaps(row, start + 12, weight + 48))
      const high = sums(
        eightTaps(row, start + 16, weight + 64), eightTaps(row, start + 20, weight + 80),
        eightTaps(row, start + 24, weight + 96), eightTaps(row, start + 28, weight + 112))
      v128.store(out, i16x8.narrow_i32x4_s(
        i32x4.shr_s(i32x4.add(low, round), 15), i32x4.shr_s(i32x4.add(high, round), 15)))
      start += 32
      weight += 128
    }
    return
  }
  if (t.taps == 16) {
    for (; out < end; out += 8) {
      const s = i32x4.add(round, sums(
        sixteenTaps(row, start, weight), sixteenTaps(row, start + 4, weight + 32),
        sixteenTaps(row, start + 8, weight + 64), sixteenTaps(row, start + 12, weight + 96)))
      const n = i32x4.shr_s(s, 15)
      v128.store64_lane(out, i16x8.narrow_i32x4_s(n, n), 0)
      start += 16
      weight += 128
    }
    return
  }
  for (; out < end; out += 8) {
    let a = i32x4.splat(0), b = a, c = a, d = a
    const s0 = row + (<usize>load<u32>(start) << 1), s1 = row + (<usize>load<u32>(start, 4) << 1)
    const s2 = row + (<usize>load<u32>(start, 8) << 1), s3 = row + (<usize>load<u32>(start, 12) << 1)
    for (let k: usize = 0; k < bytes; k += 16) {
      const w = weight + k
      a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load(s0 + k), v128.load(w)))
      b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load(s1 + k), v128.load(w + bytes)))
      c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load(s2 + k), v128.load(w + 2 * bytes)))
      d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load(s3 + k), v128.load(w + 3 * bytes)))
    }
    const s = i32x4.shr_s(i32x4.add(sums(a, b, c, d), round), 15)
    v128.store64_lane(out, i16x8.narrow_i32x4_s(s, s), 0)
    start += 16
    weight += 4 * bytes
  }
}

/** Four interleaved channels; out holds value << 6. Taps and outputs are even. */
export function horizontalPass4(row: usize, t: FilterTable, out: usize): void {
  const round = i32x4.splat(1 << 13)
  const bytes = <usize>t.taps << 1
  let start = t.starts, weight = t.weights
  const end = out + (<usize>t.outputs << 3)
  for (; out < end; out += 16) {
    let a = round, b = round
    let s0 = row + (<usize>load<u32>(start) << 3), s1 = row + (<usize>load<u32>(start, 4) << 3)
    const weightEnd = weight + bytes
    for (let w = weight; w < weightEnd; w += 4) {
      const p = v128.load(s0), q = v128.load(s1)
      a = i32x4.add(a, i32x4.dot_i16x8_s(i16x8.shuffle(p, p, 0, 4, 1, 5, 2, 6, 3, 7), v128.load_splat<u32>(w)))
      b = i32x4.add(b, i32x4.dot_i16x8_s(
        i16x8.shuffle(q, q, 0, 4, 1, 5, 2, 6, 3, 7), v128.load_splat<u32>(w + bytes)))
      s0 += 16
      s1 += 16
    }
    v128.store(out, i16x8.narrow_i32x4_s(i32x4.shr_s(a, 14), i32x4.shr_s(b, 14)))
    start += 8
    weight += 2 * bytes
  }
}
