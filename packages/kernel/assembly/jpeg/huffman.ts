// Huffman tables: DHT (T.81 B.2.4.2) and the codes that follow from it (annex C).
//
// Decoding looks at the next LOOK bits. Two kinds of table are built from one definition:
//   value tables, for single-scan pictures: one entry gives run, size and mostly the coefficient itself
//   (coefficient-pairs.ts makes more of them);
//   symbol tables, for everything else: one entry gives the symbol.
// Longer codes are found by their length.
import { Code } from '../codes'
import { alloc } from '../memory'
import { byteAt } from './input'
import { STANDARD_TABLES, STANDARD_TABLES_BYTES } from './standard-tables'

export const LOOK: i32 = 10

// One table: its entries; per code length an exclusive upper bound (left-aligned to 16 bits; at length 0, that of
// all codes the look-ahead answers) and the distance from a code to the index of its symbol; the symbols.
const ENTRIES: usize = 4 << LOOK
const BOUNDS: usize = ENTRIES
const DISTANCES: usize = BOUNDS + 17 * 4
const SYMBOLS: usize = DISTANCES + 17 * 4
const TABLE_BYTES: usize = SYMBOLS + 256 + 8
const TABLES: usize = memory.data(8 * <i32>TABLE_BYTES, 16)

// Definitions as they stand in the file: 16 counts, 256 symbols.
const DEFINITION_BYTES: usize = 16 + 256
const DEFINITIONS: usize = memory.data(8 * <i32>DEFINITION_BYTES, 16)
let defined: i32 = 0 // bit per table
let built: i32 = 0

/** T.81 tables F.1 and F.2, for 8 bits. */
const MOST_DC_SIZE: i32 = 11
const MOST_AC_SIZE: i32 = 10

/** Added to k by an entry for "end of block", so that no run of a real coefficient can be taken for it. */
export const END_OF_BLOCK: i32 = 100

/** A code that is in no table, or a size that no 8-bit picture has, was met. */
export let invalidCode: bool = false

/** Index of a table: class 0 (DC) or 1 (AC), and its number. */
// @ts-ignore: decorator
@inline function index(isAC: bool, id: i32): i32 { return (isAC ? 4 : 0) + id }

export function readHuffmanTables(at: usize, n: i32): Code {
  const end = at + <usize>n
  while (at < end) {
    if (at + 17 > end) return Code.Corrupt
    const tableClass = byteAt(at) >> 4, id = byteAt(at) & 15
    if (tableClass > 1 || id > 3) return Code.Corrupt
    let symbols: usize = 0
    for (let i: usize = 1; i <= 16; i++) symbols += load<u8>(at + i)
    if (symbols > 256 || at + 17 + symbols > end) return Code.Corrupt
    const i = index(tableClass == 1, id)
    memory.copy(DEFINITIONS + <usize>i * DEFINITION_BYTES, at + 1, 16 + symbols)
    defined |= 1 << i
    built &= ~(1 << i)
    at += 17 + symbols
  }
  return Code.Ok
}

/** Motion-JPEG frames leave out the tables of T.81 K.3: they hold for a file that has defined none. */
export function defineStandardTables(): void {
  if (!defined) readHuffmanTables(STANDARD_TABLES, STANDARD_TABLES_BYTES)
}

/**
 * An entry of a value table, for a code of `length` bits followed by `rest` of the look-ahead:
 * bits 0-5 how many bits it takes; bits 8-14 the run; bits 16-31 the coefficient. With bit 7, the coefficient's
 * bits lie beyond the look-ahead, and bits 16-31 say how many they are.
 */
function valueEntry(symbol: i32, isAC: bool, length: i32, rest: i32): i32 {
  const run = isAC ? symbol >> 4 : 0, size = isAC ? symbol & 15 : symbol
  if (size > (isAC ? MOST_AC_SIZE : MOST_DC_SIZE)) return 0
  if (size == 0) return isAC ? length | (run == 15 ? 15 : END_OF_BLOCK) << 8 : length
  const left = LOOK - length
  if (size > left) return (length + size) | 0x80 | (run << 8) | (size << 16)
  return (length + size) | (run << 8) | (extend(rest >> (left - size), size) << 16)
}

/** EXTEND, T.81 figure F.12. */
// @ts-ignore: decorator
@inline export function extend(bits: i32, size: i32): i32 {
  return bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits
}

/** The table's address, 0 when the file never defined it or its code lengths are impossible. */
export function valueTable(isAC: bool, id: i32): usize { return build(isAC, id, true) }
export function symbolTable(isAC: bool, id: i32): usize { return build(isAC, id, false) }

/** A table for a scan to keep: the file may redefine it before the scan is read. 0 when memory ran out. */
export function copyTable(table: usize): usize {
  const copy = alloc(TABLE_BYTES)
  if (copy) memory.copy(copy, table, TABLE_BYTES)
  return copy
}

/** T.81 C.2: codes of a length are consecutive numbers, and begin at twice the end of the shorter ones. */
function build(isAC: bool, id: i32, values: bool): usize {
  const i = index(isAC, id)
  const table = TABLES + <usize>i * TABLE_BYTES
  if (!(defined & (1 << i))) return 0
  if (built & (1 << i)) return table
  const definition = DEFINITIONS + <usize>i * DEFINITION_BYTES
  memory.fill(table, 0, TABLE_BYTES)
  memory.copy(table + SYMBOLS, definition + 16, 256)
  let code = 0, k = 0
  for (let length = 1; length <= 16; length++) {
    const count = byteAt(definition + <usize>length - 1)
    if (code + count > 1 << length) return 0
    store<i32>(table + DISTANCES + (<usize>length << 2), k - code)
    for (let j = 0; j < count; j++, code++, k++) {
      if (length > LOOK) continue
      const symbol = byteAt(definition + 16 + <usize>k), left = LOOK - length
      const first = table + (<usize>(code << left) << 2)
      for (let rest = 0; rest < 1 << left; rest++) {
        const entry = values ? valueEntry(symbol, isAC, length, rest) : symbol << 8 | length
        store<i32>(first + (<usize>rest << 2), entry)
      }
    }
    if (count) store<i32>(table + BOUNDS + (<usize>length << 2), code << (16 - length))
    if (length == LOOK) store<i32>(table + BOUNDS, code << (16 - length))
    code <<= 1
  }
  built |= 1 << i
  return table
}

/** Whatever the look-ahead did not answer: (symbol << 8) | length. */
function longSymbol(table: usize, bits: u64): i32 {
  const next = <i32>(bits >>> 48)
  for (let length = next < load<i32>(table + BOUNDS) ? 17 : LOOK + 1; length <= 16; length++) {
    if (next < load<i32>(table + BOUNDS + (<usize>length << 2))) {
      const k = (next >> (16 - length)) + load<i32>(table + DISTANCES + (<usize>length << 2))
      return byteAt(table + SYMBOLS + <usize>(k & 255)) << 8 | length
    }
  }
  invalidCode = true
  return 16 // symbol 0 ends a block; the picture is refused at the end of the row
}

/** The entry of a value table for a code that the look-ahead did not answer. */
export function longValue(table: usize, bits: u64, isAC: bool): i32 {
  const found = longSymbol(table, bits)
  const entry = valueEntry(found >> 8, isAC, max(found & 255, LOOK), 0)
  if (entry) return entry
  invalidCode = true
  return 16 | END_OF_BLOCK << 8
}

/** The next symbol of a symbol table: (symbol << 8) | length. `bits` are left-aligned. */
// @ts-ignore: decorator
@inline export function nextSymbol(table: usize, bits: u64): i32 {
  const entry = load<i32>(table + (<usize>(bits >>> (64 - LOOK)) << 2))
  return entry ? entry : longSymbol(table, bits)
}
