// Sequential pictures in one scan (T.81 F.2): every MCU goes straight from bits to samples. This is the path of
// nearly all photos, and the loop in here is where most of their time goes.
import { Code } from '../codes'
import { charge } from '../fuel'
import { alloc, allocZeroed } from '../memory'
import { makePairs, single } from './coefficient-pairs'
import { more, overran, restart } from './entropy-segment'
import { mcusWide } from './frame'
import { END_OF_BLOCK, LOOK, extend, invalidCode, longValue, valueTable } from './huffman'
import { stripStart } from './plane'
import { reconstruct } from './reconstruct'
import { Member, Scan } from './scan'
import { BLOCK_BYTES, ZIGZAG } from './zigzag'

/** One block of the MCU: where its bits are explained and where its samples go. */
// @ts-ignore: decorator
@unmanaged class McuBlock {
  member: Member
  dcTable: usize
  acTable: usize
  /** The same table as coefficient-pairs.ts makes of it. */
  pairs: usize
  quantiser: usize
  size: i32
  to: usize
  /** Bytes between the rows of a plane, and to the same block of the next MCU. */
  step: usize
  advance: usize
  /** Offset of this block in the first MCU of a strip. */
  offset: usize
}

let blocks: usize = 0, blockCount: i32 = 0
let scratch: usize = 0 // the block in hand; what does not belong into it falls behind it

// Where coefficient k goes, counted over the end: a run may point past 63, ends of block do.
const PLACES: i32 = 64 + END_OF_BLOCK * 2
let places: usize = 0

// @ts-ignore: decorator
@inline function mcuBlock(i: i32): McuBlock { return changetype<McuBlock>(blocks + <usize>i * offsetof<McuBlock>()) }

export function openBaseline(scan: Scan): Code {
  blocks = alloc(<u64>scan.blocksPerMcu() * offsetof<McuBlock>())
  scratch = allocZeroed(BLOCK_BYTES + 16)
  places = alloc(PLACES * 4)
  if (!blocks || !scratch || !places) return Code.OutOfMemory
  for (let k = 0; k < PLACES; k++) {
    const offset = k < 64 ? <usize>load<u8>(ZIGZAG + <usize>k) << 1 : BLOCK_BYTES
    store<usize>(places + (<usize>k << 2), scratch + offset)
  }
  blockCount = 0
  for (let i = 0; i < scan.count; i++) {
    const m = scan.member(i), c = m.component
    const dcTable = valueTable(false, m.dcId), acTable = valueTable(true, m.acId)
    if (!dcTable || !acTable) return Code.Corrupt
    m.acTable = pairsBefore(scan, i)
    if (!m.acTable) m.acTable = makePairs(acTable)
    if (!m.acTable) return Code.OutOfMemory
    for (let v = 0; v < c.v; v++) for (let h = 0; h < c.h; h++) {
      const b = mcuBlock(blockCount++)
      b.member = m
      b.dcTable = dcTable
      b.acTable = acTable
      b.pairs = m.acTable
      b.quantiser = c.quantiser
      b.size = c.size
      b.step = c.plane.stride
      b.advance = <usize>(c.h * c.size)
      b.offset = <usize>(v * c.size) * b.step + <usize>(h * c.size)
    }
  }
  return Code.Ok
}

/** Members that name the same AC table share its pairs. */
function pairsBefore(scan: Scan, i: i32): usize {
  for (let j = 0; j < i; j++) if (scan.member(j).acId == scan.member(i).acId) return scan.member(j).acTable
  return 0
}

/** The pair for a code, or a value, that is longer than the look-ahead. */
function longPair(table: usize, pair: u64, bits: u64): u64 {
  const entry = pair ? <i32>pair : longValue(table, bits, true), size = entry >> 16
  if (!(entry & 0x80)) return single(entry, size)
  const value = extend(<i32>(bits >>> <u64>(64 - (entry & 63))) & ((1 << size) - 1), size)
  return single((entry & 0xffff) | value << 16, value)
}

/** Decodes one row of MCUs into the planes' rings. */
export function decodeMcuRow(scan: Scan, mcuRow: i32): Code {
  charge(<i64>mcusWide * blockCount * 128)
  for (let i = 0; i < blockCount; i++) {
    const b = mcuBlock(i)
    b.to = stripStart(b.member.component, mcuRow) + b.offset
  }
  const reader = scan.reader, interval = reader.interval
  let bits = reader.bits, count = reader.count, at = reader.at, left = reader.mcusLeft, limit = reader.limit
  let invalid: i32 = 0
  const wide = mcusWide, to = places, block = scratch, first = blocks
  const end = blocks + <usize>blockCount * offsetof<McuBlock>()
  for (let x = 0; x < wide; x++) {
    if (interval) {
      if (left == 0) {
        reader.save(bits, count, at, 0)
        const code = restart(reader)
        if (code != Code.Ok) return code
        scan.forget()
        bits = 0
        count = 0
        at = reader.at
        limit = reader.limit
        left = interval
      }
      left--
    }
    if (at < limit) {
      reader.save(bits, count, at, left)
      const code = more(reader)
      if (code != Code.Ok) return code
      at = reader.at
      limit = reader.limit
    }
    for (let p = first; p < end; p += offsetof<McuBlock>()) {
      const b = changetype<McuBlock>(p)
      // DC: F.2.2.1
      bits |= load<u64>(at) >> <u64>count; at -= <usize>((63 - count) >> 3); count |= 56
      const dcTable = b.dcTable
      let e = load<i32>(dcTable + (<usize>(bits >>> (64 - LOOK)) << 2))
      if (!e) e = longValue(dcTable, bits, false)
      let value = e >> 16
      if (e & 0x80) value = extend(<i32>(bits >>> <u64>(64 - (e & 63))) & ((1 << value) - 1), value)
      bits <<= <u64>e; count -= e & 63
      value += b.member.prediction
      b.member.prediction = value
      store<i16>(block, <i16>value)
      // AC: F.2.2.2. One refill is enough for two look-ups of at most 16 + 10 bits.
      const pairs = b.pairs
      let k = 1, last = 0, pair: u64 = 0, before: u64 = 0
      do {
        bits |= load<u64>(at) >> <u64>count; at -= <usize>((63 - count) >> 3); count |= 56
        pair = load<u64>(pairs + (<usize>(bits >>> (64 - LOOK)) << 3))
        if (<u8>pair & 0x80 || !pair) pair = longPair(b.acTable, pair, bits)
        before = bits
        bits <<= pair; count -= <i32>pair & 63
        last = k + (<i32>(pair >>> 8) & 0x7f)
        k = last + (<i32>(pair >>> 32) & 0x7f)
        store<i16>(load<usize>(to + (<usize>last << 2)), <i16>(<i32>pair >> 16))
        store<i16>(load<usize>(to + (<usize>k << 2) - 4), <i16>(pair >>> 48))
        if (k > 63) break
        pair = load<u64>(pairs + (<usize>(bits >>> (64 - LOOK)) << 3))
        if (<u8>pair & 0x80 || !pair) pair = longPair(b.acTable, pair, bits)
        before = bits
        bits <<= pair; count -= <i32>pair & 63
        last = k + (<i32>(pair >>> 8) & 0x7f)
        k = last + (<i32>(pair >>> 32) & 0x7f)
        store<i16>(load<usize>(to + (<usize>last << 2)), <i16>(<i32>pair >> 16))
        store<i16>(load<usize>(to + (<usize>k << 2) - 4), <i16>(pair >>> 48))
      } while (k < 64)
      const second = <i32>(pair >>> 40) & 15
      if (last > 62 && second) { // the block was full before: the second code belongs to the next
        bits = before << <u64>((<i32>pair & 63) - second); count += second
        k = last + 1
      }
      // 64: full. Above END_OF_BLOCK: ended early. Between: a run led out of the block.
      invalid |= i32(<u32>(k - 65) < <u32>(END_OF_BLOCK - 64))
      const used = k > END_OF_BLOCK ? k - END_OF_BLOCK - 1 : k
      reconstruct(b.size, used, block, 16, b.quantiser, b.to, b.step)
      if (used <= 1) store<i16>(block, 0)
      else clear(block)
      b.to += b.advance
    }
  }
  reader.save(bits, count, at, left)
  if (invalid || invalidCode) return Code.Corrupt
  return overran(reader) ? Code.Truncated : Code.Ok
}

// @ts-ignore: decorator
@inline function clear(block: usize): void {
  const zero = i64x2.splat(0)
  v128.store(block, zero)
  v128.store(block, zero, 16)
  v128.store(block, zero, 32)
  v128.store(block, zero, 48)
  v128.store(block, zero, 64)
  v128.store(block, zero, 80)
  v128.store(block, zero, 96)
  v128.store(block, zero, 112)
}
