// The literals and matches of a block with codes (RFC 1951, 3.2.5).
import { Code } from '../codes'
import { bits, bitCount, input, inputEnd, resumeBits } from '../bit-reader'
import { copyMatch } from './copy-match'
import {
  LITERAL_BITS, DISTANCE_BITS, LITERAL_TABLE, DISTANCE_TABLE, END_OF_BLOCK, SUB_TABLE,
} from './huffman'

const LITERAL_MASK: usize = (1 << LITERAL_BITS) - 1
const DISTANCE_MASK: usize = (1 << DISTANCE_BITS) - 1
const LITERAL_SUB_MASK = (1 << (15 - LITERAL_BITS)) - 1
const DISTANCE_SUB_MASK = (1 << (15 - DISTANCE_BITS)) - 1

/** Where the output ended, and whether the block did. */
export let outputEnd: usize = 0
export let blockEnded: bool = false

/**
 * Writes to `from` what the codes of a block say, until the block or the input ends or `limit` is reached. No match
 * reaches back beyond `window`. Ok or an error.
 *
 * The bit reader lives in locals here, because globals are memory to the compiler. A refill gives 56 bits: enough for
 * a length and a distance with their extra bits (48), or for four root entries (44) and the bits to look up the next,
 * which is done before the refill so that neither waits for the other. A shift count is taken modulo 64, so an entry
 * serves as one without a mask.
 */
export function inflateCodes(window: usize, from: usize, limit: usize): Code {
  let buffer = bits, count = bitCount, p = input, o = from
  const end = inputEnd + 16
  let error = Code.Ok
  blockEnded = false
  buffer |= load<u64>(p) << <u64>count; p += (63 - count) >> 3; count |= 56
  let e = load<i32>((<usize>buffer & LITERAL_MASK) << 2, LITERAL_TABLE)
  while (o < limit && p < end) {
    if (e < 0) {
      store<u8>(o, <u8>(e >> 16)); o++
      buffer >>= <u64>e; count -= e & 63
      e = load<i32>((<usize>buffer & LITERAL_MASK) << 2, LITERAL_TABLE)
      if (e < 0) {
        store<u8>(o, <u8>(e >> 16)); o++
        buffer >>= <u64>e; count -= e & 63
        e = load<i32>((<usize>buffer & LITERAL_MASK) << 2, LITERAL_TABLE)
        if (e < 0) {
          store<u8>(o, <u8>(e >> 16)); o++
          buffer >>= <u64>e; count -= e & 63
          e = load<i32>((<usize>buffer & LITERAL_MASK) << 2, LITERAL_TABLE)
          if (e < 0) {
            store<u8>(o, <u8>(e >> 16)); o++
            buffer >>= <u64>e; count -= e & 63
            e = load<i32>((<usize>buffer & LITERAL_MASK) << 2, LITERAL_TABLE)
          }
        }
      }
      buffer |= load<u64>(p) << <u64>count; p += (63 - count) >> 3; count |= 56
      if (e < 0) continue
    }
    if (e & SUB_TABLE) {
      e = load<i32>(((e >> 16) + (<i32>(buffer >> LITERAL_BITS) & LITERAL_SUB_MASK)) << 2, LITERAL_TABLE)
      if (e < 0) {
        store<u8>(o, <u8>(e >> 16)); o++
        buffer >>= <u64>e; count -= e & 63
        e = load<i32>((<usize>buffer & LITERAL_MASK) << 2, LITERAL_TABLE)
        buffer |= load<u64>(p) << <u64>count; p += (63 - count) >> 3; count |= 56
        continue
      }
    }
    if (e & END_OF_BLOCK) {
      buffer >>= <u64>e; count -= e & 63
      blockEnded = true
      break
    }
    if (e == 0) { error = Code.Corrupt; break }
    buffer >>= <u64>e; count -= e & 63
    let extra = (e >> 8) & 15
    const length = (e >> 16) + (<i32>buffer & ((1 << extra) - 1))
    buffer >>= <u64>extra; count -= extra
    e = load<i32>((<usize>buffer & DISTANCE_MASK) << 2, DISTANCE_TABLE)
    if (e & SUB_TABLE) {
      e = load<i32>(((e >> 16) + (<i32>(buffer >> DISTANCE_BITS) & DISTANCE_SUB_MASK)) << 2, DISTANCE_TABLE)
    }
    if (e == 0) { error = Code.Corrupt; break }
    buffer >>= <u64>e; count -= e & 63
    extra = (e >> 8) & 15
    const distance = (e >> 16) + (<i32>buffer & ((1 << extra) - 1))
    buffer >>= <u64>extra; count -= extra
    if (<usize>distance > o - window) { error = Code.Corrupt; break }
    buffer |= load<u64>(p) << <u64>count; p += (63 - count) >> 3; count |= 56
    e = load<i32>((<usize>buffer & LITERAL_MASK) << 2, LITERAL_TABLE)
    copyMatch(o, distance, length)
    o += length
  }
  resumeBits(buffer, count, p)
  outputEnd = o
  if (!blockEnded && !error && p >= end) error = Code.Truncated
  return error
}
