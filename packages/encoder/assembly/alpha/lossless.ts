// A plane of bytes as the green channel of a lossless image (RFC 9649, section 3.7): literals and copies (LZ77), one
// group of prefix codes, no transforms. The plane is walked twice, first to count and then to write, with the same result.
import { allocate } from '../memory'
import { OK, OUT_OF_MEMORY } from '../status'
import { finishBits, startBits, overflowed, writeBits } from '../lossless/codes/bit-writer'
import { MAX_SYMBOLS, writeCode, writeSingleZero, writeSymbol } from './prefix-code'

const LITERALS: i32 = 256
const DISTANCES: i32 = 40
const MIN_COPY: i32 = 4
const MAX_COPY: i32 = 4096
/** Distances above this one have no code. */
const WINDOW: i32 = (1 << 20) - 120
/** Distance codes 1 to 120 mean places near by: 1 is the pixel above, 2 the one before. */
const FAR_CODE: i32 = 120

const HASH_BITS: i32 = 15
const TABLE_BYTES: usize = 4 << 15
/** Last place of each hash. */
let recent: usize = 0
const COUNTS: usize = memory.data(4 * 280, 16)
const DISTANCE_COUNTS: usize = memory.data(4 * 280, 16)
const CODE: usize = memory.data(840, 16)
const DISTANCE_CODE: usize = memory.data(840, 16)

export function openLossless(): i32 {
  recent = allocate(TABLE_BYTES)
  return recent ? OK : OUT_OF_MEMORY
}

/** Writes `height` rows of `width` bytes at `data` to out..end; the address after the last byte, 0 when it does not fit. */
export function encodeLossless(data: usize, width: i32, height: i32, out: usize, end: usize): usize {
  memory.fill(COUNTS, 0, 4 * MAX_SYMBOLS)
  memory.fill(DISTANCE_COUNTS, 0, 4 * MAX_SYMBOLS)
  walk(data, width, width * height, false)
  startBits(out, end)
  writeBits(0, 1) // no transform
  writeBits(0, 1) // no colour cache
  writeBits(0, 1) // one group of codes
  writeCode(COUNTS, MAX_SYMBOLS, CODE)
  writeSingleZero() // red
  writeSingleZero() // blue
  writeSingleZero() // alpha
  writeCode(DISTANCE_COUNTS, DISTANCES, DISTANCE_CODE)
  walk(data, width, width * height, true)
  const last = finishBits()
  return overflowed ? 0 : last
}

function walk(data: usize, width: i32, n: i32, write: bool): void {
  memory.fill(recent, 0xff, TABLE_BYTES)
  for (let i = 0; i < n;) {
    let length = 0, distance = 0
    if (i > 0) {
      length = matchLength(data, i, 1, n)
      distance = 1
      if (i >= width) {
        const above = width <= WINDOW ? matchLength(data, i, width, n) : 0
        if (above > length) { length = above; distance = width }
      }
    }
    if (i + 4 <= n) {
      const slot = recent + <usize>((load<u32>(data + i) * 0x9e3779b1) >> (32 - HASH_BITS) << 2)
      const before = load<i32>(slot)
      if (before >= 0 && i - before <= WINDOW && length < MAX_COPY) {
        const found = matchLength(data, i, i - before, n)
        if (found > length + 1) { length = found; distance = i - before }
      }
      store<i32>(slot, i)
    }
    if (length < MIN_COPY) {
      literal(load<u8>(data + i), write)
      i++
      continue
    }
    copy(length, distance == 1 ? 2 : distance == width ? 1 : distance + FAR_CODE, write)
    i += length
  }
}

@inline function matchLength(data: usize, i: i32, distance: i32, n: i32): i32 {
  const limit = min(MAX_COPY, n - i)
  const p = data + i, q = p - distance
  let k = 0
  while (k < limit && load<u8>(p + k) == load<u8>(q + k)) k++
  return k
}

@inline function literal(value: i32, write: bool): void {
  if (write) writeSymbol(CODE, value)
  else count(COUNTS, value)
}

function copy(length: i32, distanceCode: i32, write: bool): void {
  value(length, COUNTS, CODE, LITERALS, write)
  value(distanceCode, DISTANCE_COUNTS, DISTANCE_CODE, 0, write)
}

/** Section 5.2.2: a prefix symbol and extra bits. */
@inline function value(v: i32, counts: usize, code: usize, base: i32, write: bool): void {
  let symbol = v - 1, extraBits = 0, extra = 0
  if (v > 4) {
    const high = 31 - clz(v - 1), second = (v - 1) >> (high - 1) & 1
    symbol = 2 * high + second
    extraBits = high - 1
    extra = (v - 1) & ((1 << extraBits) - 1)
  }
  if (write) {
    writeSymbol(code, base + symbol)
    writeBits(extra, extraBits)
  } else count(counts, base + symbol)
}

@inline function count(counts: usize, symbol: i32): void {
  store<u32>(counts + (symbol << 2), load<u32>(counts + (symbol << 2)) + 1)
}
