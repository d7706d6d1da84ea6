// Scans whose coefficients are collected: their order of blocks (T.81 A.2), and the two kinds that can be
// interleaved, sequential scans (F.2) and progressive DC scans (G.1.2.1). AC scans: progressive-ac.ts.
import { Code } from '../codes'
import { charge } from '../fuel'
import { alloc } from '../memory'
import {
  CONDITIONING_BYTES, copyConditioning, decodeArithmeticBlock, invalidValue, payDecisions,
} from './arithmetic-block'
import { openArithmeticDecoder } from './arithmetic-decoder'
import { noteScan, offsetsOf } from './coefficients'
import { more, overran, restart } from './entropy-segment'
import { arithmetic, mcusHigh, mcusWide, progressive } from './frame'
import { copyTable, extend, invalidCode, nextSymbol, symbolTable } from './huffman'
import { acFirstRow, acRefinementRow } from './progressive-ac'
import { Member, Scan } from './scan'

let invalid: bool = false

/** Gives the scan the tables that are in force at its beginning. */
export function openStoredScan(scan: Scan): Code {
  if (arithmetic) return openArithmeticScan(scan)
  const needsDC = scan.spectralStart == 0 && scan.highBit == 0, needsAC = !progressive || scan.spectralStart > 0
  for (let i = 0; i < scan.count; i++) {
    const m = scan.member(i)
    if (needsDC) {
      const table = symbolTable(false, m.dcId)
      if (!table) return Code.Corrupt
      m.dcTable = copyTable(table)
      if (!m.dcTable) return Code.OutOfMemory
    }
    if (needsAC) {
      const table = symbolTable(true, m.acId)
      if (!table) return Code.Corrupt
      m.acTable = copyTable(table)
      if (!m.acTable) return Code.OutOfMemory
    }
  }
  noteMembers(scan)
  return Code.Ok
}

function openArithmeticScan(scan: Scan): Code {
  scan.conditioning = alloc(CONDITIONING_BYTES)
  scan.decoder = openArithmeticDecoder(scan.reader)
  if (!scan.conditioning || !changetype<usize>(scan.decoder)) return Code.OutOfMemory
  copyConditioning(scan.conditioning)
  noteMembers(scan)
  return Code.Ok
}

function noteMembers(scan: Scan): void {
  for (let i = 0; i < scan.count; i++) {
    const c = scan.member(i).component
    if (scan.spectralStart == 0 && scan.highBit == 0) c.hasDC = true
    noteScan(c, scan.spectralStart, scan.spectralEnd, scan.lowBit)
  }
}

/** What the scan says of one row of MCUs. */
export function decodeScanRow(scan: Scan, mcuRow: i32): Code {
  const code = scan.spectralStart == 0 || arithmetic
    ? scan.count == 1 ? plainRow(scan, mcuRow) : interleavedRow(scan)
    : scan.highBit == 0 ? acFirstRow(scan, mcuRow) : acRefinementRow(scan, mcuRow)
  if (code != Code.Ok) return code
  if (invalid || invalidCode || invalidValue) return Code.Corrupt
  if (arithmetic) {
    payDecisions(scan.decoder)
    return Code.Ok
  }
  return mcuRow == mcusHigh - 1 && overran(scan.reader) ? Code.Truncated : Code.Ok
}

/** One component: an MCU is one block, and there are only those that hold samples (A.2.2). */
function plainRow(scan: Scan, mcuRow: i32): Code {
  const m = scan.member(0), c = m.component
  const rows = min(c.v, c.ownBlocksHigh - mcuRow * c.v)
  for (let v = 0; v < rows; v++) {
    charge(<i64>c.ownBlocksWide * 64)
    for (let x = 0; x < c.ownBlocksWide; x++) {
      const code = beginMcu(scan)
      if (code != Code.Ok) return code
      decodeBlock(scan, m, v * c.blocksWide + x)
    }
  }
  return Code.Ok
}

/** Several components: an MCU has h x v blocks of each (A.2.3). */
function interleavedRow(scan: Scan): Code {
  charge(<i64>mcusWide * scan.blocksPerMcu() * 64)
  for (let mx = 0; mx < mcusWide; mx++) {
    const code = beginMcu(scan)
    if (code != Code.Ok) return code
    for (let i = 0; i < scan.count; i++) {
      const m = scan.member(i), c = m.component
      for (let v = 0; v < c.v; v++) {
        for (let h = 0; h < c.h; h++) decodeBlock(scan, m, v * c.blocksWide + mx * c.h + h)
      }
    }
  }
  return Code.Ok
}

function beginMcu(scan: Scan): Code {
  const reader = scan.reader
  if (reader.interval) {
    if (reader.mcusLeft == 0) {
      const code = restart(reader)
      if (code != Code.Ok) return code
      scan.forget()
    }
    reader.mcusLeft--
  }
  return reader.at < reader.limit ? more(reader) : Code.Ok
}

function decodeBlock(scan: Scan, m: Member, index: i32): void {
  if (arithmetic) {
    decodeArithmeticBlock(scan, m, index)
    return
  }
  const c = m.component, reader = scan.reader, lowBit = scan.lowBit
  const block = c.coefficients + <usize>index * <usize>c.blockBytes
  let bits = reader.bits, count = reader.count, at = reader.at
  bits |= load<u64>(at) >> <u64>count; at -= <usize>((63 - count) >> 3); count |= 56
  if (scan.highBit) { // one more bit of DC, G.1.2.1
    if (bits >>> 63) store<i16>(block, <i16>(<i32>load<i16>(block) | (1 << lowBit)))
    reader.save(bits << 1, count - 1, at, reader.mcusLeft)
    return
  }
  const dc = nextSymbol(m.dcTable, bits), length = dc & 255, size = dc >> 8
  if (size > 11) { invalid = true; return }
  bits <<= <u64>length
  if (size) {
    m.prediction += extend(<i32>(bits >>> <u64>(64 - size)), size)
    bits <<= <u64>size
  }
  count -= length + size
  store<i16>(block, <i16>(m.prediction << lowBit))
  if (!progressive) {
    const table = m.acTable, offsets = offsetsOf(c)
    let nonzero: u64 = 0
    for (let k = 1; k < 64; k++) {
      bits |= load<u64>(at) >> <u64>count; at -= <usize>((63 - count) >> 3); count |= 56
      const ac = nextSymbol(table, bits), codeLength = ac & 255, run = ac >> 12, acSize = (ac >> 8) & 15
      bits <<= <u64>codeLength; count -= codeLength
      k += run
      if (acSize == 0) {
        if (run < 15) break
        continue
      }
      if (k > 63 || acSize > 10) { invalid = true; break }
      const value = extend(<i32>(bits >>> <u64>(64 - acSize)), acSize)
      bits <<= <u64>acSize; count -= acSize
      const offset = <i32>load<i16>(offsets + (<usize>k << 1))
      if (offset >= 0) store<i16>(block + <usize>offset, <i16>value)
      nonzero |= <u64>1 << <u64>k
    }
    store<u64>(c.nonzero + (<usize>index << 3), nonzero)
  }
  reader.save(bits, count, at, reader.mcusLeft)
}
