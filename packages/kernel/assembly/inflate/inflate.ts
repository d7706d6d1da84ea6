// Inflate (RFC 1951) into a sliding window: the caller takes what it needs from the window, and the 32 KiB before
// the write position stay for the matches to come.
import { Code } from '../codes'
import { alloc } from '../memory'
import { charge } from '../fuel'
import {
  LITERAL_BITS, DISTANCE_BITS, CODE_LENGTH_BITS, LITERAL_TABLE, DISTANCE_TABLE, CODE_LENGTH_TABLE, LITERALS, DISTANCES,
  CODE_LENGTHS, END_OF_BLOCK, SUB_TABLE, buildTable,
} from './huffman'

const HISTORY: usize = 32768 // 3.2.5: the largest distance
const BATCH: usize = 65536 // bytes inflated at a time, so that each is still in the cache when it is used
const LONGEST_MATCH: usize = 258
const WIDE_COPY: usize = 64 // a copy may write so many bytes past its end, and a refill read as many past the input
/** Order in which the lengths of the code length code are stored (3.2.7). */
const CODE_LENGTH_ORDER: usize = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15])
const LITERAL_MASK: usize = (1 << LITERAL_BITS) - 1
const DISTANCE_MASK: usize = (1 << DISTANCE_BITS) - 1
const LITERAL_SUB_MASK = (1 << (15 - LITERAL_BITS)) - 1
const DISTANCE_SUB_MASK = (1 << (15 - DISTANCE_BITS)) - 1
const TABLE_WORK: i64 = 4096 // what a block's own tables cost, in bytes of output

const BETWEEN_BLOCKS = 0, IN_CODES = 1, IN_STORED = 2, ENDED = 3

let input: usize = 0, inputEnd: usize = 0
let bits: u64 = 0, bitCount: i32 = 0 // bits read ahead; those above bitCount repeat what follows
let state: i32 = ENDED, lastBlock: bool = false, storedLeft: usize = 0

let base: usize = 0, capacity: usize = 0 // the window
let taken: usize = 0, written: usize = 0 // into the window: what the caller has had, what has been inflated

let tablesAreFixed: bool = false
/** Code lengths of a block, one byte each. */
const lengths: usize = memory.data(288 + 32, 16)

/** Makes a window from which `most` bytes can be taken at once. False when there is no memory. */
export function allocInflate(most: usize): bool {
  capacity = HISTORY + BATCH + 2 * most + LONGEST_MATCH + WIDE_COPY
  base = alloc(capacity + WIDE_COPY)
  return base != 0
}

/** 3.2.6 */
function fixedTables(): void {
  if (tablesAreFixed) return
  charge(TABLE_WORK)
  memory.fill(lengths, 8, 144)
  memory.fill(lengths + 144, 9, 112)
  memory.fill(lengths + 256, 7, 24)
  memory.fill(lengths + 280, 8, 8)
  buildTable(LITERAL_TABLE, LITERAL_BITS, lengths, 288, LITERALS)
  memory.fill(lengths, 5, 32)
  buildTable(DISTANCE_TABLE, DISTANCE_BITS, lengths, 32, DISTANCES)
  tablesAreFixed = true
}

/** Begins a deflate stream in [from, to); 64 readable bytes must follow it. */
export function startInflate(from: usize, to: usize): void {
  input = from
  inputEnd = to
  bits = 0
  bitCount = 0
  state = BETWEEN_BLOCKS
  lastBlock = false
  taken = base
  written = base
}

/** Bytes inflated and not yet taken. */
export function inflated(): usize { return written - taken }
/** Where the bytes not yet taken end. */
export function inflatedEnd(): usize { return written }
/** Takes `n` bytes that are there. They stay in place until `inflateMore`. */
export function takeInflated(n: usize): usize {
  const p = taken
  taken += n
  return p
}
export function inflateEnded(): bool { return state == ENDED }
/** The first byte of input after the whole bytes that were used. */
export function inflateInput(): usize { return input - <usize>(bitCount >> 3) }

/** Makes room and inflates until the window is full or the stream ends. Ok or an error. */
export function inflateMore(): Code {
  const history = <usize>(written - base) > HISTORY ? written - HISTORY : base
  const keep = taken < history ? taken : history
  if (keep > base) {
    memory.copy(base, keep, written - keep)
    const moved = keep - base
    written -= moved
    taken -= moved
  }
  const limit = base + capacity - LONGEST_MATCH - WIDE_COPY
  const before = written
  while (written < limit && state != ENDED) {
    const error = state == IN_CODES ? inflateCodes(limit) : state == IN_STORED ? copyStored(limit) : blockHeader()
    // What follows the input is read as if it belonged to it, so this comes before whatever else seems wrong.
    if (inflateInput() > inputEnd) return Code.Truncated
    if (error) return error
  }
  charge(<i64>(written - before))
  return Code.Ok
}

/** Up to 63 bits are at hand afterwards, at least 56. */
// @ts-ignore: decorator
@inline function refill(): void {
  bits |= load<u64>(input) << <u64>bitCount
  input += (63 - bitCount) >> 3
  bitCount |= 56
}

// @ts-ignore: decorator
@inline function takeBits(n: i32): i32 {
  const v = <i32>bits & ((1 << n) - 1)
  bits >>= <u64>n
  bitCount -= n
  return v
}

/** 3.2.3 */
function blockHeader(): Code {
  if (lastBlock) {
    state = ENDED
    return Code.Ok
  }
  if (inflateInput() > inputEnd) return Code.Truncated
  refill()
  lastBlock = takeBits(1) == 1
  const type = takeBits(2)
  if (type == 0) return storedHeader()
  if (type == 3) return Code.Corrupt
  state = IN_CODES
  if (type == 2) return dynamicTables()
  fixedTables()
  charge(1)
  return Code.Ok
}

/** 3.2.4 */
function storedHeader(): Code {
  input = inflateInput()
  bits = 0
  bitCount = 0
  if (input + 4 > inputEnd) return Code.Truncated
  const length = load<u16>(input)
  if ((length ^ load<u16>(input, 2)) != 0xffff) return Code.Corrupt
  input += 4
  storedLeft = length
  state = IN_STORED
  charge(1)
  return Code.Ok
}

function copyStored(limit: usize): Code {
  const room = limit - written
  const n = storedLeft < room ? storedLeft : room
  if (n > inputEnd - input) return Code.Truncated
  memory.copy(written, input, n)
  written += n
  input += n
  storedLeft -= n
  if (storedLeft == 0) state = BETWEEN_BLOCKS
  return Code.Ok
}

/** 3.2.7: the code lengths of both codes, themselves compressed with a third. */
function dynamicTables(): Code {
  charge(TABLE_WORK)
  tablesAreFixed = false
  const literals = takeBits(5) + 257, distances = takeBits(5) + 1, stored = takeBits(4) + 4
  if (literals > 286 || distances > 30) return Code.Corrupt
  memory.fill(lengths, 0, 19)
  for (let i = 0; i < stored; i++) {
    refill()
    store<u8>(lengths + load<u8>(CODE_LENGTH_ORDER + i), <u8>takeBits(3))
  }
  if (!buildTable(CODE_LENGTH_TABLE, CODE_LENGTH_BITS, lengths, 19, CODE_LENGTHS)) return Code.Corrupt
  const all = literals + distances
  for (let i = 0; i < all;) {
    if (input > inputEnd + 16) return Code.Truncated
    refill()
    const e = load<i32>(CODE_LENGTH_TABLE + (<usize>(<i32>bits & ((1 << CODE_LENGTH_BITS) - 1)) << 2))
    if (e == 0) return Code.Corrupt
    takeBits(e & 63)
    const symbol = e >> 16
    if (symbol < 16) {
      store<u8>(lengths + i, <u8>symbol)
      i++
      continue
    }
    if (symbol == 16 && i == 0) return Code.Corrupt
    const value: u8 = symbol == 16 ? load<u8>(lengths + i - 1) : 0
    const times = symbol == 16 ? 3 + takeBits(2) : symbol == 17 ? 3 + takeBits(3) : 11 + takeBits(7)
    if (i + times > all) return Code.Corrupt
    memory.fill(lengths + i, value, times)
    i += times
  }
  if (load<u8>(lengths + 256) == 0) return Code.Corrupt // a block that could not end
  if (!buildTable(LITERAL_TABLE, LITERAL_BITS, lengths, literals, LITERALS)) return Code.Corrupt
  if (!buildTable(DISTANCE_TABLE, DISTANCE_BITS, lengths + literals, distances, DISTANCES)) return Code.Corrupt
  return Code.Ok
}

/** Copies a match; may write up to 15 bytes more than `length`. */
// @ts-ignore: decorator
@inline function copyMatch(to: usize, distance: i32, length: i32): void {
  let d = to, s = to - <usize>distance
  const end = to + <usize>length
  if (distance >= 16) {
    do { v128.store(d, v128.load(s)); d += 16; s += 16; } while (d < end)
  } else if (distance == 1) {
    const v = i8x16.splat(load<i8>(s))
    do { v128.store(d, v); d += 16; } while (d < end)
  } else if (distance >= 8) {
    do { store<u64>(d, load<u64>(s)); d += 8; s += 8; } while (d < end)
  } else if (distance == 4) {
    const v = v128.load_splat<u32>(s)
    do { v128.store(d, v); d += 16; } while (d < end)
  } else {
    do { store<u8>(d, load<u8>(s)); d++; s++; } while (d < end)
  }
}

/**
 * 3.2.5. The bit reader lives in locals here, because globals are memory to the compiler. A refill gives 56 bits:
 * enough for a length and a distance with their extra bits (48), or for four root entries (44) and the bits to look
 * up the next, which is done before the refill so that neither waits for the other. A shift count is taken modulo
 * 64, so an entry serves as one without a mask.
 */
function inflateCodes(limit: usize): Code {
  let buffer = bits, count = bitCount, p = input, o = written
  const window = base, end = inputEnd + 16
  let error = Code.Ok, done = false
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
      done = true
      break
    }
    if (e == 0) { error = Code.Corrupt; break }
    buffer >>= <u64>e; count -= e & 63
    let extra = (e >> 8) & 15
    const length = (e >> 16) + (<i32>buffer & ((1 << extra) - 1))
    buffer >>= <u64>extra; count -= extra
    e = load<i32>((<usize>buffer & DISTANCE_MASK) << 2, DISTANCE_TABLE)
    if (e & SUB_TABLE) e = load<i32>(((e >> 16) + (<i32>(buffer >> DISTANCE_BITS) & DISTANCE_SUB_MASK)) << 2, DISTANCE_TABLE)
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
  bits = buffer; bitCount = count; input = p; written = o
  if (done) state = BETWEEN_BLOCKS
  else if (!error && p >= end) error = Code.Truncated
  return error
}
