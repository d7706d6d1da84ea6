// Decoding tables of the prefix codes (RFC 9649, 3.7.2 and 6.2).
//
// A table is looked up with the next 8 bits of the stream, or as many as its longest code has. An entry is 16
// bits: the symbol and, in the lowest four, the length of its code. Longer codes have a table of their own
// each first 8 bits; the entry that leads there has where it begins, and 8 more than the number of bits it is
// looked up with. Its entries have the rest of the length. So a picture may have many codes, and they take
// little memory.
import { reversed } from '../../bit-reader'
import { takeFromPool } from './pool'

export const ROOT_BITS = 8
const MOST_CODE_BITS = 15
/** Green with the largest colour cache: 256 literals, 24 lengths of copies, 2048 places. */
export const MOST_SYMBOLS = 2328

/** One byte a symbol, 0 for none. */
export const LENGTHS: usize = memory.data(MOST_SYMBOLS, 16)
const SORTED: usize = memory.data(2 * MOST_SYMBOLS, 16)
const COUNTS: usize = memory.data(4 * (MOST_CODE_BITS + 2), 16)
const STARTS: usize = memory.data(4 * (MOST_CODE_BITS + 2), 16)
/** Room for every complete code of MOST_SYMBOLS: `enough` of zlib gives 2704 for 8 and 15 bits. */
const MOST_ENTRIES: i32 = 4096
const BUILT: usize = memory.data(2 * MOST_ENTRIES, 16)

// @ts-ignore: decorator
@inline function count(length: i32): i32 { return load<i32>(COUNTS + (<usize>length << 2)) }

/** Table of the last code, and the mask of the bits that it is looked up with. */
export let table: usize = 0
export let mask: i32 = 0

export enum Built { Ok, Invalid, NoMemory }

/**
 * The code of `symbols` LENGTHS. A single symbol has a code of no bits; others must use every bit pattern.
 */
export function buildCode(symbols: i32): Built {
  const longest = sortSymbols(symbols)
  if (longest < 0) return Built.Invalid
  const root = min(longest, ROOT_BITS)
  mask = (1 << root) - 1
  const entries = longest == 0 ? single() : fill(root, longest)
  if (!entries) return Built.Invalid
  table = takeFromPool(<usize>entries << 1)
  if (!table) return Built.NoMemory
  memory.copy(table, BUILT, <usize>entries << 1)
  return Built.Ok
}

/**
 * Symbols by length, then by value. Gives the longest length, 0 for a single symbol, -1 for what is no code.
 */
function sortSymbols(symbols: i32): i32 {
  memory.fill(COUNTS, 0, 4 * (MOST_CODE_BITS + 2))
  for (let i: usize = 0; i < <usize>symbols; i++) {
    const p = COUNTS + (<usize>load<u8>(LENGTHS + i) << 2)
    store<i32>(p, load<i32>(p) + 1)
  }
  store<i32>(COUNTS, 0)
  let used = 0, longest = 0, left = 1
  for (let l = 1; l <= MOST_CODE_BITS; l++) {
    store<i32>(STARTS + (<usize>l << 2), used)
    const n = count(l)
    used += n
    if (n) longest = l
    left = (left << 1) - n
    if (left < 0 && used > 1) return -1
  }
  if (used == 0 || (used > 1 && left > 0)) return -1
  for (let i: usize = 0; i < <usize>symbols; i++) {
    const l = <usize>load<u8>(LENGTHS + i)
    if (!l) continue
    const p = STARTS + (l << 2), at = load<i32>(p)
    store<u16>(SORTED + (<usize>at << 1), <u16>i)
    store<i32>(p, at + 1)
  }
  return used == 1 ? 0 : longest
}

function single(): i32 {
  store<u16>(BUILT, load<u16>(SORTED) << 4)
  return 1
}

/** Gives the number of entries, 0 when there is no room, which no complete code comes to. */
function fill(root: i32, longest: i32): i32 {
  let code = 0, symbol = SORTED, free = 1 << root
  for (let l = 1; l <= root; l++, code <<= 1) {
    for (let n = count(l); n > 0; n--, code++, symbol += 2) {
      put(BUILT, reversed(code, l), l, root, <u32>load<u16>(symbol) << 4 | l)
    }
  }
  let prefix = -1, sub = 0, subBits = 0
  for (let l = root + 1; l <= longest; l++, code <<= 1) {
    const rest = l - root
    for (let n = count(l); n > 0; n--, code++, symbol += 2) {
      if (code >> rest != prefix) {
        prefix = code >> rest
        subBits = bitsFor(l, n, root, longest)
        sub = free
        free += 1 << subBits
        if (free > MOST_ENTRIES) return 0
        store<u16>(BUILT + (<usize>reversed(prefix, root) << 1), <u16>(sub << 4 | (ROOT_BITS + subBits)))
      }
      const place = reversed(code & ((1 << rest) - 1), rest)
      put(BUILT + (<usize>sub << 1), place, rest, subBits, <u32>load<u16>(symbol) << 4 | rest)
    }
  }
  return free
}

/** The rest of the longest code that has the same first bits as one of length `l` of which `n` are left. */
function bitsFor(l: i32, n: i32, root: i32, longest: i32): i32 {
  let left = (1 << (l - root)) - n
  while (left > 0 && l < longest) {
    l++
    left = (left << 1) - count(l)
  }
  return l - root
}

// @ts-ignore: decorator
@inline function put(to: usize, first: i32, length: i32, tableBits: i32, entry: u32): void {
  for (let i = first; i < 1 << tableBits; i += 1 << length) store<u16>(to + (<usize>i << 1), <u16>entry)
}
