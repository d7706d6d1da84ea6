// Two coefficients from one look-up. Most codes of a photo, with the bits of their value, are short: behind one there
// is room for the next in the same look-ahead.
//
// An entry has 64 bits. The lower half is that of a value table (huffman.ts), but for the bits it takes: those of both.
// The upper half: bits 0-6 how far behind the first the second lies, plus one; bits 8-11 how many bits the
// second takes; bits 16-31 its value. Where there is no second, the first is given again, so that nobody has to ask.
import { alloc } from '../memory'
import { END_OF_BLOCK, LOOK } from './huffman'

/** The entry for one coefficient. */
// @ts-ignore: decorator
@inline export function single(entry: i32, value: i32): u64 {
  return <u64><u32>entry | <u64>1 << 32 | <u64>(value & 0xffff) << 48
}

/** Pairs from a value table of huffman.ts; 0 when memory ran out. */
export function makePairs(values: usize): usize {
  const pairs = alloc(8 << LOOK)
  if (!pairs) return 0
  for (let i = 0; i < 1 << LOOK; i++) {
    const first = load<i32>(values + (<usize>i << 2))
    store<u64>(pairs + (<usize>i << 3), first ? pair(values, i, first) : 0)
  }
  return pairs
}

function pair(values: usize, i: i32, first: i32): u64 {
  const alone = single(first, first >> 16), used = first & 63
  if (isLong(first) || runOf(first) == END_OF_BLOCK) return alone
  // What follows is known in its upper bits only, the rest are zeros.
  const second = load<i32>(values + (<usize>(i << used & (1 << LOOK) - 1) << 2)), bits = second & 63
  if (!second || isLong(second) || used + bits > LOOK) return alone
  const upper = (runOf(second) + 2) | bits << 8 | second & 0xffff0000
  return <u64><u32>(first + bits) | <u64><u32>upper << 32
}

// @ts-ignore: decorator
@inline function runOf(entry: i32): i32 { return (entry >> 8) & 0x7f }
// @ts-ignore: decorator
@inline function isLong(entry: i32): bool { return (entry & 0x80) != 0 }
