// Decoding tables for the Huffman codes of RFC 1951, 3.2.2.
//
// A table is looked up with the next bits of the stream. Entry: bit 31 literal; bit 15 end of block; bit 14 sub-table;
// bits 0-5 length of the code; bits 8-11 number of extra bits; bits 16-30 literal, base length, base distance, or
// where the sub-table begins. An entry of 0 is a code that the stream did not define.
import { reversed } from '../bit-reader'

export const LITERAL_BITS = 11
export const DISTANCE_BITS = 9
export const CODE_LENGTH_BITS = 7
export const END_OF_BLOCK = 0x8000
export const SUB_TABLE = 0x4000
const MAX_CODE_BITS = 15

/** Alphabets (3.2.5, 3.2.7): what a symbol means depends on which of the three codes it is from. */
export const LITERALS = 0
export const DISTANCES = 1
export const CODE_LENGTHS = 2

// At fixed addresses, which spares the decoding loop an addition. Each symbol longer than the root opens one
// sub-table at most; code lengths have 7 bits at most.
export const LITERAL_TABLE_BYTES: usize = 4 * ((1 << LITERAL_BITS) + 288 * (1 << (MAX_CODE_BITS - LITERAL_BITS)))
export const DISTANCE_TABLE_BYTES: usize = 4 * ((1 << DISTANCE_BITS) + 32 * (1 << (MAX_CODE_BITS - DISTANCE_BITS)))
export const LITERAL_TABLE: usize = memory.data(4 * ((1 << LITERAL_BITS) + 288 * (1 << (MAX_CODE_BITS - LITERAL_BITS))), 16)
export const DISTANCE_TABLE: usize = memory.data(4 * ((1 << DISTANCE_BITS) + 32 * (1 << (MAX_CODE_BITS - DISTANCE_BITS))), 16)
export const CODE_LENGTH_TABLE: usize = memory.data(4 << CODE_LENGTH_BITS, 16)

const LENGTH_BASE: usize = memory.data<u16>([3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258])
const LENGTH_EXTRA: usize = memory.data<u8>([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0])
const DISTANCE_BASE: usize = memory.data<u16>([1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577])
const DISTANCE_EXTRA: usize = memory.data<u8>([0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13])

/** How many symbols have a code of each length, and the next code of each length. */
const COUNTS: usize = memory.data(16 * 4, 4)
const NEXT_CODES: usize = memory.data(16 * 4, 4)

// @ts-ignore: decorator
@inline function base(list: usize, i: i32): i32 { return <i32>load<u16>(list + (<usize>i << 1)) << 16 }
// @ts-ignore: decorator
@inline function extra(list: usize, i: i32): i32 { return <i32>load<u8>(list + <usize>i) << 8 }

function entry(alphabet: i32, symbol: i32, bits: i32): i32 {
  if (alphabet == LITERALS) {
    if (symbol < 256) return (1 << 31) | (symbol << 16) | bits
    if (symbol == 256) return END_OF_BLOCK | bits
    const s = symbol - 257
    if (s > 28) return 0 // 286 and 287 take part in the fixed code but never occur
    return base(LENGTH_BASE, s) | extra(LENGTH_EXTRA, s) | bits
  }
  if (alphabet == DISTANCES) {
    if (symbol > 29) return 0
    return base(DISTANCE_BASE, symbol) | extra(DISTANCE_EXTRA, symbol) | bits
  }
  return (symbol << 16) | bits
}

/** Counts the lengths and gives each length its first code; false when the lengths make no prefix code. */
function assignCodes(lengths: usize, symbols: i32, alphabet: i32): bool {
  memory.fill(COUNTS, 0, 64)
  let longest = 0
  for (let i = 0; i < symbols; i++) {
    const l = <i32>load<u8>(lengths + i)
    if (l > longest) longest = l
    const p = COUNTS + (<usize>l << 2)
    store<i32>(p, load<i32>(p) + 1)
  }
  store<i32>(COUNTS, 0)
  let code = 0, left = 1
  for (let l = 1; l <= MAX_CODE_BITS; l++) {
    code = (code + load<i32>(COUNTS + (<usize>(l - 1) << 2))) << 1
    store<i32>(NEXT_CODES + (<usize>l << 2), code)
    left = (left << 1) - load<i32>(COUNTS + (<usize>l << 2))
    if (left < 0) return false // more codes than there are bit patterns
  }
  // Unused patterns are allowed only where a single code of one bit, or none, is all there is (3.2.7).
  return left == 0 || (alphabet != CODE_LENGTHS && longest <= 1)
}

/** Fills `table`, indexed by `root` bits, from code lengths of one byte each. False when they make no prefix code. */
export function buildTable(table: usize, root: i32, lengths: usize, symbols: i32, alphabet: i32): bool {
  if (!assignCodes(lengths, symbols, alphabet)) return false
  memory.fill(table, 0, <usize>4 << root)
  const sub = MAX_CODE_BITS - root
  let free = 1 << root
  for (let i = 0; i < symbols; i++) {
    const l = <i32>load<u8>(lengths + i)
    if (l == 0) continue
    const next = NEXT_CODES + (<usize>l << 2)
    const code = load<i32>(next)
    store<i32>(next, code + 1)
    const bits = reversed(code, l), e = entry(alphabet, i, l)
    if (l <= root) {
      for (let s = bits; s < 1 << root; s += 1 << l) store<i32>(table + (<usize>s << 2), e)
      continue
    }
    const slot = table + (<usize>(bits & ((1 << root) - 1)) << 2)
    let link = load<i32>(slot)
    if (!(link & SUB_TABLE)) {
      link = SUB_TABLE | (free << 16)
      memory.fill(table + (<usize>free << 2), 0, <usize>4 << sub)
      free += 1 << sub
      store<i32>(slot, link)
    }
    const first = table + (<usize>(link >> 16) << 2)
    for (let s = bits >> root; s < 1 << sub; s += 1 << (l - root)) store<i32>(first + (<usize>s << 2), e)
  }
  return true
}
