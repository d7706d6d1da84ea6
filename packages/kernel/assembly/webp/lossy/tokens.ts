// Coefficients of a block (RFC 6386, 13): tokens from a tree whose probabilities depend on the position, and on the token
// before.
import { CATEGORY_6_PROBS, CATEGORY_PROBS, COEFFICIENT_BAND, ZIGZAG } from '../../../build/rfc6386'
import { BoolDecoder } from './bool-decoder'

const CONTEXT_BYTES: usize = 11
const BAND_BYTES: usize = 3 * CONTEXT_BYTES

// @ts-ignore: decorator
@inline function bandAt(probs: usize, n: usize): usize {
  return probs + <usize>load<u8>(COEFFICIENT_BAND + n) * BAND_BYTES
}

/**
 * Puts the coefficients of a block, times their steps, at `out`, 16 of 16 bits by rows, which were zero.
 * @returns the position after the last token; `first` when there was none
 */
export function readBlock(
  d: BoolDecoder, probs: usize, context: usize, first: i32, dcStep: i32, acStep: i32, out: usize,
): i32 {
  let value = d.value, range = d.range, count = d.count
  let n = first
  let p = bandAt(probs, n) + context * CONTEXT_BYTES
  let split: u32 = 0, big: u64 = 0, shift: u32 = 0
  while (n < 16) {
    // Whether there is another coefficient.
    if (count < 0) { d.save(value, range, count); d.fill(); value = d.value; count = d.count }
    split = 1 + (((range - 1) * load<u8>(p)) >> 8); big = <u64>split << 56
    if (value < big) {
      shift = clz(split) - 24
      d.save(value << <u64>shift, split << shift, count - <i32>shift)
      return n
    }
    value -= big; range -= split
    shift = clz(range) - 24; value <<= <u64>shift; range <<= shift; count -= shift
    // Zeros before it.
    while (true) {
      if (count < 0) { d.save(value, range, count); d.fill(); value = d.value; count = d.count }
      split = 1 + (((range - 1) * load<u8>(p, 1)) >> 8); big = <u64>split << 56
      if (value >= big) break
      shift = clz(split) - 24; value <<= <u64>shift; range = split << shift; count -= shift
      n++
      if (n == 16) {
        d.save(value, range, count)
        return 16
      }
      p = bandAt(probs, n)
    }
    value -= big; range -= split
    shift = clz(range) - 24; value <<= <u64>shift; range <<= shift; count -= shift
    // One, or more.
    if (count < 0) { d.save(value, range, count); d.fill(); value = d.value; count = d.count }
    split = 1 + (((range - 1) * load<u8>(p, 2)) >> 8); big = <u64>split << 56
    const next = bandAt(probs, n + 1)
    let level = 1
    if (value < big) {
      shift = clz(split) - 24; value <<= <u64>shift; range = split << shift; count -= shift
      p = next + CONTEXT_BYTES
    } else {
      value -= big; range -= split
      shift = clz(range) - 24; value <<= <u64>shift; range <<= shift; count -= shift
      d.save(value, range, count)
      level = readLarge(d, p)
      value = d.value; range = d.range; count = d.count
      p = next + 2 * CONTEXT_BYTES
    }
    // Its sign.
    if (count < 0) { d.save(value, range, count); d.fill(); value = d.value; count = d.count }
    split = (range + 1) >> 1; big = <u64>split << 56
    if (value >= big) { value -= big; range -= split; level = -level } else range = split
    shift = clz(range) - 24; value <<= <u64>shift; range <<= shift; count -= shift
    store<i16>(out + (<usize>load<u8>(ZIGZAG + <usize>n) << 1), <i16>(level * (n ? acStep : dcStep)))
    n++
  }
  d.save(value, range, count)
  return 16
}

/** A level of two or more: 13.2. */
function readLarge(d: BoolDecoder, p: usize): i32 {
  if (!d.bit(load<u8>(p, 3))) {
    return d.bit(load<u8>(p, 4)) ? 3 + d.bit(load<u8>(p, 5)) : 2
  }
  if (!d.bit(load<u8>(p, 6))) {
    const second = d.bit(load<u8>(p, 7))
    return extra(d, CATEGORY_PROBS + (second ? 6 : 0), 1 + second, second ? 7 : 5)
  }
  const high = d.bit(load<u8>(p, 8)), category = 2 * high + d.bit(load<u8>(p + 9 + high))
  if (category == 3) return extra(d, CATEGORY_6_PROBS, 11, 67)
  return extra(d, CATEGORY_PROBS + 12 + 6 * <usize>category, 3 + category, 3 + (8 << category))
}

function extra(d: BoolDecoder, probs: usize, n: i32, base: i32): i32 {
  let v = 0
  for (let i: usize = 0; i < <usize>n; i++) v = v << 1 | d.bit(load<u8>(probs + i))
  return base + v
}
