// Prefix codes (RFC 9649, sections 3.7.2 and 6.2): lengths from counts, and how they are written.
import { endCount, startCount, writeBits } from './bit-writer'
import { smoothCounts } from './smooth-counts'

/** 256 literals, 24 lengths of copies, and places of the largest colour cache that is used (10 bits). */
export const MOST_SYMBOLS: i32 = 280 + 1024
const MAX_LENGTH: i32 = 15
const MAX_LENGTH_CODE_LENGTH: i32 = 7
/** Order in which lengths of the code of lengths are written. */
const LENGTH_ORDER: usize = memory.data<u8>([17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
const LENGTH_SYMBOLS: i32 = 19

// Of a code, for each symbol u32: its word (low bit first), the bits of it, and the length that is written in
// the header. They differ for a single symbol, which takes no bits.
const BITS: i32 = 16
const WRITTEN: i32 = 24

/** Used symbols, lightest first: weight << 16 | symbol. */
const SORTED: usize = memory.data(8 * 1304, 16)
/** Joints of the tree: weight u32, and the depth it comes to. */
const JOINTS: usize = memory.data(4 * 1304, 16)
const JOINT_DEPTHS: usize = memory.data(2 * 1304, 16)
/** Which joint holds a leaf (by its place in SORTED), and a joint. */
const LEAF_PARENTS: usize = memory.data(2 * 1304, 16)
const JOINT_PARENTS: usize = memory.data(2 * 1304, 16)
const LENGTHS: usize = memory.data(1304, 16)
const SMOOTHED: usize = memory.data(4 * 1304, 16)
const TRIED: usize = memory.data(4 * 1304, 16)

const LENGTH_COUNTS: usize = memory.data(4 * 19, 16)
const LENGTH_CODE: usize = memory.data(4 * 19, 16)
const NEXT_WORDS: usize = memory.data(4 * 17, 16)
/** Lengths in runs: symbol u8 and extra bits u8. */
const RUNS: usize = memory.data(2 * 1304, 16)
let runCount: i32 = 0

let used: i32 = 0, first: i32 = 0, last: i32 = 0

function buildCode(counts: usize, symbols: i32, limit: i32, code: usize): void {
  used = 0
  for (let i = 0; i < symbols; i++) {
    if (!load<u32>(counts + (<usize>i << 2))) continue
    if (!used) first = i
    last = i
    used++
  }
  memory.fill(LENGTHS, 0, symbols)
  if (used == 1) store<u8>(LENGTHS + first, 1)
  // Where the tree is too deep, small counts are raised and it is built again: it flattens.
  else if (used > 1) for (let floor: u32 = 1; !buildLengths(counts, symbols, limit, floor); floor <<= 1) {}
  assignWords(symbols, code)
}

/**
 * Huffman's tree by two queues: leaves in order of weight, and joints, which come in that order by
 * themselves.
 */
function buildLengths(counts: usize, symbols: i32, limit: i32, floor: u32): bool {
  let n = 0
  for (let i = first; i <= last; i++) {
    const count = load<u32>(counts + (<usize>i << 2))
    if (count) store<u64>(SORTED + (<usize>(n++) << 3), <u64>max(count, floor) << 16 | i)
  }
  sort(SORTED, n)
  let leaf = 0, joint = 0
  for (let made = 0; made < n - 1; made++) {
    let weight: u32 = 0
    for (let k = 0; k < 2; k++) {
      const isLeaf = leaf < n && (joint == made || leafWeight(leaf) <= load<u32>(JOINTS + (<usize>joint << 2)))
      if (isLeaf) {
        weight += leafWeight(leaf)
        store<u16>(LEAF_PARENTS + (<usize>(leaf++) << 1), <u16>made)
      } else {
        weight += load<u32>(JOINTS + (<usize>joint << 2))
        store<u16>(JOINT_PARENTS + (<usize>(joint++) << 1), <u16>made)
      }
    }
    store<u32>(JOINTS + (<usize>made << 2), weight)
  }
  store<u16>(JOINT_DEPTHS + (<usize>(n - 2) << 1), 0)
  for (let i = n - 3; i >= 0; i--) {
    const parent = <usize>load<u16>(JOINT_PARENTS + (<usize>i << 1))
    store<u16>(JOINT_DEPTHS + (<usize>i << 1), load<u16>(JOINT_DEPTHS + (parent << 1)) + 1)
  }
  for (let i = 0; i < n; i++) {
    const parent = <usize>load<u16>(LEAF_PARENTS + (<usize>i << 1))
    const length = <i32>load<u16>(JOINT_DEPTHS + (parent << 1)) + 1
    if (length > limit) return false
    store<u8>(LENGTHS + <usize>load<u16>(SORTED + (<usize>i << 3)), <u8>length)
  }
  return true
}

@inline function leafWeight(i: i32): u32 {
  return <u32>(load<u64>(SORTED + (<usize>i << 3)) >> 16)
}

/** Heap sort of u64. */
function sort(keys: usize, n: i32): void {
  for (let i = (n >> 1) - 1; i >= 0; i--) sift(keys, i, n)
  for (let end = n - 1; end > 0; end--) {
    const top = load<u64>(keys)
    store<u64>(keys, load<u64>(keys + (<usize>end << 3)))
    store<u64>(keys + (<usize>end << 3), top)
    sift(keys, 0, end)
  }
}

function sift(keys: usize, i: i32, n: i32): void {
  const moved = load<u64>(keys + (<usize>i << 3))
  while (true) {
    let child = 2 * i + 1
    if (child >= n) break
    if (child + 1 < n && load<u64>(keys + (<usize>child << 3)) < load<u64>(keys + (<usize>child << 3), 8)) child++
    const key = load<u64>(keys + (<usize>child << 3))
    if (key <= moved) break
    store<u64>(keys + (<usize>i << 3), key)
    i = child
  }
  store<u64>(keys + (<usize>i << 3), moved)
}

/** Canonical words, reversed for writing low bit first. */
function assignWords(symbols: i32, code: usize): void {
  memory.fill(NEXT_WORDS, 0, 4 * 17)
  for (let i = 0; i < symbols; i++) {
    const p = NEXT_WORDS + (<usize>load<u8>(LENGTHS + i) << 2)
    store<u32>(p, load<u32>(p) + 1)
  }
  let word: u32 = 0, before: u32 = 0
  for (let length = 1; length <= MAX_LENGTH; length++) {
    const p = NEXT_WORDS + (<usize>length << 2), n = load<u32>(p)
    word = (word + before) << 1
    before = n
    store<u32>(p, word)
  }
  for (let i = 0; i < symbols; i++) {
    const length = <u32>load<u8>(LENGTHS + i), p = NEXT_WORDS + (<usize>length << 2)
    let entry: u32 = 0
    if (length) {
      const next = load<u32>(p)
      store<u32>(p, next + 1)
      entry = reverse(next, length) | (used == 1 ? 0 : length) << BITS | length << WRITTEN
    }
    store<u32>(code + (<usize>i << 2), entry)
  }
}

@inline function reverse(word: u32, length: i32): u32 {
  let v = word
  v = (v & 0x5555) << 1 | (v >> 1) & 0x5555
  v = (v & 0x3333) << 2 | (v >> 2) & 0x3333
  v = (v & 0x0f0f) << 4 | (v >> 4) & 0x0f0f
  v = (v & 0x00ff) << 8 | (v >> 8) & 0x00ff
  return v >> (16 - length)
}

@inline export function writeSymbol(code: usize, symbol: i32): void {
  const entry = load<u32>(code + (<usize>symbol << 2))
  writeBits(entry & 0xffff, <i32>(entry >> BITS & 0xff))
}

/**
 * Builds the code that takes the fewest bits, header and symbols: for the counts, or for smoother ones. Gives
 * the bits.
 */
export function prepareCode(counts: usize, symbols: i32, code: usize): u64 {
  buildCode(counts, symbols, MAX_LENGTH, code)
  const few = used <= 4, exact = allBits(counts, symbols, code)
  if (few) return exact
  memory.copy(SMOOTHED, counts, <usize>symbols << 2)
  smoothCounts(SMOOTHED, symbols)
  buildCode(SMOOTHED, symbols, MAX_LENGTH, TRIED)
  const smooth = allBits(counts, symbols, TRIED)
  if (smooth >= exact) return exact
  memory.copy(code, TRIED, <usize>symbols << 2)
  return smooth
}

function allBits(counts: usize, symbols: i32, code: usize): u64 {
  startCount()
  writeCode(symbols, code)
  let bits = endCount()
  for (let i = 0; i < symbols; i++) {
    bits += <u64>load<u32>(counts + (<usize>i << 2)) * (load<u32>(code + (<usize>i << 2)) >> BITS & 0xff)
  }
  return bits
}

@inline function written(code: usize, symbol: i32): i32 {
  return <i32>(load<u32>(code + (<usize>symbol << 2)) >> WRITTEN)
}

/** Writes the description of a code. */
export function writeCode(symbols: i32, code: usize): void {
  let n = 0, low = 0, high = 0
  for (let i = 0; i < symbols; i++) {
    if (!written(code, i)) continue
    if (!n) low = i
    high = i
    n++
  }
  if (n <= 2 && high < 256) writeSimple(n, low, high)
  else writeNormal(symbols, code)
}

/** Of no symbol: as of 0. */
function writeSimple(n: i32, low: i32, high: i32): void {
  writeBits(1, 1)
  writeBits(n == 2 ? 1 : 0, 1)
  writeBits(low > 1 ? 1 : 0, 1)
  writeBits(low, low > 1 ? 8 : 1)
  if (n == 2) writeBits(high, 8)
}

function writeNormal(symbols: i32, code: usize): void {
  runLengths(symbols, code)
  const trimmed = trimmedRuns()
  buildCode(LENGTH_COUNTS, LENGTH_SYMBOLS, MAX_LENGTH_CODE_LENGTH, LENGTH_CODE)
  writeBits(0, 1)
  let kinds = LENGTH_SYMBOLS
  while (kinds > 4 && !written(LENGTH_CODE, <i32>load<u8>(LENGTH_ORDER + kinds - 1))) kinds--
  writeBits(kinds - 4, 4)
  for (let i = 0; i < kinds; i++) writeBits(written(LENGTH_CODE, <i32>load<u8>(LENGTH_ORDER + i)), 3)
  if (trimmed < runCount) writeRunCount(trimmed)
  else writeBits(0, 1) // lengths of all symbols follow
  for (let i = 0; i < trimmed; i++) {
    const symbol = <i32>load<u8>(RUNS + (<usize>i << 1)), extra = <u32>load<u8>(RUNS + (<usize>i << 1), 1)
    writeSymbol(LENGTH_CODE, symbol)
    if (symbol >= 16) writeBits(extra, symbol == 16 ? 2 : symbol == 17 ? 3 : 7)
  }
}

/** How many runs are written: zeros at the end may be left out, which costs the number of the others. */
function trimmedRuns(): i32 {
  let n = runCount, bits = 0
  for (; n > 2; n--) {
    const symbol = load<u8>(RUNS + (<usize>(n - 1) << 1))
    if (symbol != 0 && symbol != 17 && symbol != 18) break
    bits += symbol == 0 ? 1 : symbol == 17 ? 5 : 9
  }
  if (n == runCount || bits <= 3 + countBits(n)) return runCount
  for (let i = n; i < runCount; i++) {
    const p = LENGTH_COUNTS + (<usize>load<u8>(RUNS + (<usize>i << 1)) << 2)
    store<u32>(p, load<u32>(p) - 1)
  }
  return n
}

/** A number of runs, 2 or more, takes an even number of bits from 2 up. */
@inline function countBits(n: i32): i32 {
  const bits = n == 2 ? 0 : 32 - clz(n - 2)
  return max(2, (bits + 1) & ~1)
}

function writeRunCount(n: i32): void {
  const bits = countBits(n)
  writeBits(1, 1)
  writeBits((bits - 2) >> 1, 3)
  writeBits(n - 2, bits)
}

/** Code lengths as symbols of the code of lengths: 16 repeats the last, 17 and 18 are runs of zeros. */
function runLengths(symbols: i32, code: usize): void {
  memory.fill(LENGTH_COUNTS, 0, 4 * LENGTH_SYMBOLS)
  runCount = 0
  for (let i = 0; i < symbols;) {
    const length = written(code, i)
    let n = 1
    while (i + n < symbols && written(code, i + n) == length) n++
    i += n
    if (length == 0) {
      while (n >= 11) { const k = min(n, 138); addRun(18, k - 11); n -= k }
      if (n >= 3) { addRun(17, n - 3); n = 0 }
    } else {
      addRun(length, 0)
      n--
      while (n >= 3) { const k = min(n, 6); addRun(16, k - 3); n -= k }
    }
    while (n-- > 0) addRun(length, 0)
  }
}

function addRun(symbol: i32, extra: i32): void {
  store<u8>(RUNS + (<usize>runCount << 1), <u8>symbol)
  store<u8>(RUNS + (<usize>runCount << 1), <u8>extra, 1)
  const p = LENGTH_COUNTS + (<usize>symbol << 2)
  store<u32>(p, load<u32>(p) + 1)
  runCount++
}
