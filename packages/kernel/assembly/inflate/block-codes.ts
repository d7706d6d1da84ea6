// The codes of a block: fixed (RFC 1951, 3.2.6) or sent with it (3.2.7). They end up in the tables of huffman.ts.
import { Code } from '../codes'
import { charge } from '../fuel'
import { bits, input, inputEnd, refill, takeBits } from '../bit-reader'
import {
  LITERAL_BITS, DISTANCE_BITS, CODE_LENGTH_BITS, LITERAL_TABLE, DISTANCE_TABLE, CODE_LENGTH_TABLE, LITERALS, DISTANCES,
  CODE_LENGTHS, buildTable,
} from './huffman'

/** Order in which the lengths of the code length code are stored (3.2.7). */
const CODE_LENGTH_ORDER: usize = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15])
const TABLE_WORK: i64 = 4096 // what a block's own tables cost, in bytes of output

let tablesAreFixed: bool = false
/** Code lengths of a block, one byte each. */
const lengths: usize = memory.data(288 + 32, 16)

/** The tables were overwritten with those of another stream. */
export function forgetFixedTables(): void {
  tablesAreFixed = false
}

/** 3.2.6 */
export function fixedTables(): void {
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

/** 3.2.7: the code lengths of both codes, themselves compressed with a third. */
export function dynamicTables(): Code {
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
