// Prefix codes (RFC 9649, sections 3.7.2 and 6.2): lengths from counts, and how they are written.
import { endCount, startCount, writeBits } from './bit-writer'
import { BITS, MAX_LENGTH, MOST_SYMBOLS, WRITTEN, buildCode, used } from './huffman'
import { smoothCounts } from './smooth-counts'

const MAX_LENGTH_CODE_LENGTH: i32 = 7
/** Order in which lengths of the code of lengths are written. */
const LENGTH_ORDER: usize = memory.data<u8>([
  17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
])
const LENGTH_SYMBOLS: i32 = 19

const SMOOTHED: usize = memory.data(4 * 1304, 16)
const TRIED: usize = memory.data(4 * 1304, 16)

const LENGTH_COUNTS: usize = memory.data(4 * 19, 16)
const LENGTH_CODE: usize = memory.data(4 * 19, 16)
/** Lengths in runs: symbol u8 and extra bits u8. */
const RUNS: usize = memory.data(2 * 1304, 16)
let runCount: i32 = 0

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
  return trySmooth(counts, symbols, code, trySmooth(counts, symbols, code, exact, false), true)
}

/** Another code where it takes fewer bits. Gives those of the better one. */
function trySmooth(counts: usize, symbols: i32, code: usize, least: u64, fill: bool): u64 {
  memory.copy(SMOOTHED, counts, <usize>symbols << 2)
  smoothCounts(SMOOTHED, symbols, fill)
  buildCode(SMOOTHED, symbols, MAX_LENGTH, TRIED)
  const smooth = allBits(counts, symbols, TRIED)
  if (smooth >= least) return least
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
