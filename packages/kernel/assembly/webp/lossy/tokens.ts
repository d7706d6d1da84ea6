// Coefficients of a block (RFC 6386, 13): tokens from a tree whose probabilities depend on the position, and
// on the token before.
import { COEFFICIENT_BAND, ZIGZAG } from '../../../build/rfc6386'
import { BoolDecoder } from './bool-decoder'

const CONTEXT_BYTES: usize = 11
const BAND_BYTES: usize = 3 * CONTEXT_BYTES

/**
 * The tree of levels above one (13.2), by node and bit: another node, or TOKENS and which: levels 2, 3 and 4,
 * then six categories, whose extra bits have their probabilities in EXTRA, ended by 0.
 */
const TOKENS: usize = 16
const TREE: usize = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 4, 6, 16, 5, 17, 18, 7, 8, 19, 20, 9, 10, 21, 22, 23, 24,
])
const BASES: usize = memory.data<u8>([2, 3, 4, 5, 7, 11, 19, 35, 67])
const EXTRA_BYTES: usize = 12
const EXTRA: usize = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  159, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 165, 145, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  173, 148, 140, 0, 0, 0, 0, 0, 0, 0, 0, 0, 176, 155, 140, 135, 0, 0, 0, 0, 0, 0, 0, 0,
  180, 157, 141, 134, 130, 0, 0, 0, 0, 0, 0, 0,
  254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129, 0,
])

// @ts-ignore: decorator
@inline function token(node: usize): usize { return EXTRA + (node - TOKENS) * EXTRA_BYTES }
// @ts-ignore: decorator
@inline function base(node: usize): i32 { return load<u8>(BASES + (node - TOKENS)) }

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
      let node: usize = 3, one: bool = false
      do {
        if (count < 0) { d.save(value, range, count); d.fill(); value = d.value; count = d.count }
        split = 1 + (((range - 1) * load<u8>(p + node)) >> 8); big = <u64>split << 56
        one = value >= big
        if (one) { value -= big; range -= split } else range = split
        shift = clz(range) - 24; value <<= <u64>shift; range <<= shift; count -= shift
        node = load<u8>(TREE + (node << 1) + usize(one))
      } while (node < TOKENS)
      level = 0
      for (let extra = token(node); ; extra++) {
        const prob = load<u8>(extra)
        if (!prob) break
        if (count < 0) { d.save(value, range, count); d.fill(); value = d.value; count = d.count }
        split = 1 + (((range - 1) * prob) >> 8); big = <u64>split << 56
        one = value >= big
        value -= one ? big : 0
        range = one ? range - split : split
        shift = clz(range) - 24; value <<= <u64>shift; range <<= shift; count -= shift
        level = level << 1 | i32(one)
      }
      level += base(node)
      p = next + 2 * CONTEXT_BYTES
    }
    // Its sign.
    if (count < 0) { d.save(value, range, count); d.fill(); value = d.value; count = d.count }
    split = (range + 1) >> 1; big = <u64>split << 56
    const negative = value >= big
    value -= negative ? big : 0
    range = negative ? range - split : split
    level = negative ? -level : level
    shift = clz(range) - 24; value <<= <u64>shift; range <<= shift; count -= shift
    store<i16>(out + (<usize>load<u8>(ZIGZAG + <usize>n) << 1), <i16>(level * (n ? acStep : dcStep)))
    n++
  }
  d.save(value, range, count)
  return 16
}
