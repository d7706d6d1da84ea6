// Prefix codes of the lossless format (RFC 9649, sections 3.7.2 and 6.2): lengths from counts, and how they are written.
import { writeBits } from '../lossless/codes/bit-writer'

/** Most symbols that a code has here: 256 literals and 24 lengths. */
export const MAX_SYMBOLS: i32 = 280
const MAX_LENGTH: i32 = 15
const MAX_LENGTH_CODE_LENGTH: i32 = 7
/** Order in which lengths of the code of lengths are written. */
const LENGTH_ORDER: usize = memory.data<u8>([17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
const LENGTH_SYMBOLS: i32 = 19

// A code: lengths (u8), then code words (u16, low bit first).
const WORDS: usize = 280
export const CODE_BYTES: usize = 280 + 560

// Nodes of the tree being built: weight u32 and parent u16 for leaves and joints.
const WEIGHTS: usize = memory.data(4 * 560, 16)
const PARENTS: usize = memory.data(2 * 560, 16)
const LENGTH_COUNTS: usize = memory.data(4 * 19, 16)
const LENGTH_CODE: usize = memory.data(840, 16)
/** Lengths in runs: symbol u8 and extra bits u8. */
const RUNS: usize = memory.data(2 * 280, 16)

/** Lengths and words from u32 counts, no length above `limit`. */
function buildCode(counts: usize, symbols: i32, limit: i32, code: usize): void {
  // Where the tree is too deep, small counts are raised and it is built again: it flattens.
  for (let floor: u32 = 1; !buildLengths(counts, symbols, limit, floor, code); floor <<= 1) {}
  assignWords(symbols, code)
}

function buildLengths(counts: usize, symbols: i32, limit: i32, floor: u32, code: usize): bool {
  let used = 0
  for (let i = 0; i < symbols; i++) {
    const n = load<u32>(counts + (i << 2))
    store<u8>(code + i, 0)
    store<u32>(WEIGHTS + (i << 2), n ? max(n, floor) : 0)
    if (n) used++
  }
  if (used < 2) {
    for (let i = 0; i < symbols; i++) if (load<u32>(counts + (i << 2))) store<u8>(code + i, 1)
    return true
  }
  // Huffman: join the two lightest until one is left. Taken nodes weigh 0.
  let next = symbols
  for (let joins = used - 1; joins > 0; joins--) {
    const a = takeLightest(next, <u16>next), weightA = lightest, b = takeLightest(next, <u16>next)
    store<u32>(WEIGHTS + (next << 2), weightA + lightest)
    next++
  }
  const root = next - 1
  for (let i = 0; i < symbols; i++) {
    if (!load<u32>(counts + (i << 2))) continue
    let length = 0
    for (let node = i; node != root; node = load<u16>(PARENTS + (node << 1))) length++
    if (length > limit) return false
    store<u8>(code + i, <u8>length)
  }
  return true
}

let lightest: u32 = 0

function takeLightest(nodes: i32, parent: u16): i32 {
  let best = -1
  lightest = u32.MAX_VALUE
  for (let i = 0; i < nodes; i++) {
    const w = load<u32>(WEIGHTS + (i << 2))
    if (w && w < lightest) { lightest = w; best = i }
  }
  store<u32>(WEIGHTS + (best << 2), 0)
  store<u16>(PARENTS + (best << 1), parent)
  return best
}

/** Canonical words, reversed for writing low bit first. */
function assignWords(symbols: i32, code: usize): void {
  let word: u32 = 0
  for (let length = 1; length <= MAX_LENGTH; length++) {
    for (let i = 0; i < symbols; i++) {
      if (load<u8>(code + i) != length) continue
      store<u16>(code + WORDS + (i << 1), reverse(word, length))
      word++
    }
    word <<= 1
  }
}

function reverse(word: u32, length: i32): u16 {
  let out: u32 = 0
  for (let i = 0; i < length; i++) out |= ((word >> i) & 1) << (length - 1 - i)
  return <u16>out
}

@inline export function writeSymbol(code: usize, symbol: i32): void {
  writeBits(load<u16>(code + WORDS + (symbol << 1)), load<u8>(code + symbol))
}

/** Builds the code of the counts and writes its description. A code of one symbol takes no bits thereafter. */
export function writeCode(counts: usize, symbols: i32, code: usize): void {
  buildCode(counts, symbols, MAX_LENGTH, code)
  let used = 0, first = 0, last = 0
  for (let i = 0; i < symbols; i++) {
    if (!load<u32>(counts + (i << 2))) continue
    if (!used) first = i
    last = i
    used++
  }
  if (used <= 2 && last < 256) writeSimple(code, used, first, last)
  else writeNormal(symbols, code)
}

export function writeSingleZero(): void {
  writeBits(1, 4) // simple, one symbol, of one bit, 0
}

function writeSimple(code: usize, used: i32, first: i32, last: i32): void {
  writeBits(1, 1)
  writeBits(used == 2 ? 1 : 0, 1)
  writeBits(1, 1) // the first symbol in eight bits
  writeBits(first, 8)
  if (used == 2) writeBits(last, 8)
  else store<u8>(code + first, 0)
}

function writeNormal(symbols: i32, code: usize): void {
  const runs = runLengths(symbols, code)
  buildCode(LENGTH_COUNTS, LENGTH_SYMBOLS, MAX_LENGTH_CODE_LENGTH, LENGTH_CODE)
  writeBits(0, 1)
  let written = LENGTH_SYMBOLS
  while (written > 4 && !load<u8>(LENGTH_CODE + <usize>load<u8>(LENGTH_ORDER + written - 1))) written--
  writeBits(written - 4, 4)
  let kinds = 0
  for (let i = 0; i < written; i++) {
    const length = load<u8>(LENGTH_CODE + <usize>load<u8>(LENGTH_ORDER + i))
    writeBits(length, 3)
    if (length) kinds++
  }
  writeBits(0, 1) // lengths of all symbols follow
  for (let i = 0; i < runs; i++) {
    const symbol = <i32>load<u8>(RUNS + (i << 1)), extra = <u32>load<u8>(RUNS + (i << 1), 1)
    if (kinds > 1) writeSymbol(LENGTH_CODE, symbol)
    if (symbol >= 16) writeBits(extra, symbol == 16 ? 2 : symbol == 17 ? 3 : 7)
  }
}

let runCount: i32 = 0

/** Code lengths as symbols of the code of lengths: 16 repeats the last, 17 and 18 are runs of zeros. */
function runLengths(symbols: i32, code: usize): i32 {
  memory.fill(LENGTH_COUNTS, 0, 4 * LENGTH_SYMBOLS)
  runCount = 0
  for (let i = 0; i < symbols;) {
    const length = load<u8>(code + i)
    let n = 1
    while (i + n < symbols && load<u8>(code + i + n) == length) n++
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
  return runCount
}

function addRun(symbol: i32, extra: i32): void {
  store<u8>(RUNS + (runCount << 1), <u8>symbol)
  store<u8>(RUNS + (runCount << 1), <u8>extra, 1)
  store<u32>(LENGTH_COUNTS + (symbol << 2), load<u32>(LENGTH_COUNTS + (symbol << 2)) + 1)
  runCount++
}
