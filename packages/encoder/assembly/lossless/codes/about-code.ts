// About what a prefix code takes, header and symbols, without building it.
import { nLogN, wholeOf } from './logarithm'

/** Bits of a header: for each symbol, for each gap between symbols, for each alphabet of more than two. */
const HEADER_SYMBOL: f32 = 3
const HEADER_GAP: f32 = 4
const HEADER_ALPHABET: f32 = 30
const HEADER_SIMPLE: f32 = 10

/** @param gaps stretches of symbols that occur, between those that do not */
@inline export function headerBits(used: i32, gaps: i32): f32 {
  return used <= 2 ? HEADER_SIMPLE + <f32>(used * 4)
    : HEADER_ALPHABET + <f32>used * HEADER_SYMBOL + <f32>gaps * HEADER_GAP
}

export function aboutCode(counts: usize, symbols: i32): f32 {
  let bits: f32 = 0, sum: u32 = 0, most: u32 = 0, used = 0, gaps = 0, before: u32 = 0
  for (let p = counts; p < counts + (<usize>symbols << 2); p += 4) {
    const n = load<u32>(p)
    if (n) {
      sum += n
      most = max(most, n)
      bits -= nLogN(n)
      used++
      if (!before) gaps++
    }
    before = n
  }
  return bits + wholeOf(sum, most) + headerBits(used, gaps)
}
