// Scans whose coefficients are collected: their order of blocks (T.81 A.2), and the two kinds that can be
// interleaved, sequential scans (F.2) and progressive DC scans (G.1.2.1). AC scans: progressive-ac.ts.
import { Code } from '../codes'
import { charge } from '../fuel'
import { noteScan, offsetsOf } from './coefficients'
import * as segment from './entropy-segment'
import { Component, mcusHigh, mcusWide, progressive } from './frame'
import { extend, invalidCode, nextSymbol, symbolTable } from './huffman'
import { acFirstScan, acRefinementScan } from './progressive-ac'
import { blocksPerMcu, highBit, lowBit, scanComponent, scanCount, spectralEnd, spectralStart } from './scan'

let invalid: bool = false

export function decodeScan(): Code {
  invalid = false
  for (let i = 0; i < scanCount; i++) {
    const c = scanComponent(i)
    const needsDC = spectralStart == 0 && highBit == 0, needsAC = !progressive
    if (needsDC && !symbolTable(false, c.dcId)) return Code.Corrupt
    if (needsAC && !symbolTable(true, c.acId)) return Code.Corrupt
    if (needsDC) c.hasDC = true
    noteScan(c, spectralStart, spectralEnd, lowBit)
  }
  segment.startScan()
  if (spectralStart > 0) {
    return highBit == 0 ? acFirstScan(scanComponent(0)) : acRefinementScan(scanComponent(0))
  }
  return scanCount == 1 ? plainScan(scanComponent(0)) : interleavedScan()
}

/** One component: an MCU is one block, and there are only those that hold samples (A.2.2). */
function plainScan(c: Component): Code {
  for (let y = 0; y < c.ownBlocksHigh; y++) {
    charge(<i64>c.ownBlocksWide * 64)
    for (let x = 0; x < c.ownBlocksWide; x++) {
      const code = beginMcu()
      if (code != Code.Ok) return code
      decodeBlock(c, y * c.blocksWide + x)
    }
    if (invalid || invalidCode) return Code.Corrupt
  }
  return segment.overran() ? Code.Truncated : Code.Ok
}

/** Several components: an MCU has h x v blocks of each (A.2.3). */
function interleavedScan(): Code {
  for (let my = 0; my < mcusHigh; my++) {
    charge(<i64>mcusWide * blocksPerMcu() * 64)
    for (let mx = 0; mx < mcusWide; mx++) {
      const code = beginMcu()
      if (code != Code.Ok) return code
      for (let i = 0; i < scanCount; i++) {
        const c = scanComponent(i)
        for (let v = 0; v < c.v; v++) {
          for (let h = 0; h < c.h; h++) decodeBlock(c, (my * c.v + v) * c.blocksWide + mx * c.h + h)
        }
      }
    }
    if (invalid || invalidCode) return Code.Corrupt
  }
  return segment.overran() ? Code.Truncated : Code.Ok
}

function beginMcu(): Code {
  if (segment.restartInterval) {
    if (segment.mcusLeft == 0) {
      const code = segment.restart()
      if (code != Code.Ok) return code
    }
    segment.saveReader(segment.bits, segment.count, segment.at, segment.mcusLeft - 1)
  }
  return segment.at < segment.limit ? Code.Truncated : Code.Ok
}

function decodeBlock(c: Component, index: i32): void {
  const block = c.coefficients + <usize>index * <usize>c.blockBytes
  let bits = segment.bits, count = segment.count, at = segment.at
  bits |= load<u64>(at) >> <u64>count; at -= <usize>((63 - count) >> 3); count |= 56
  if (highBit) { // one more bit of DC, G.1.2.1
    if (bits >>> 63) store<i16>(block, <i16>(<i32>load<i16>(block) | (1 << lowBit)))
    segment.saveReader(bits << 1, count - 1, at, segment.mcusLeft)
    return
  }
  const dc = nextSymbol(symbolTable(false, c.dcId), bits), length = dc & 255, size = dc >> 8
  if (size > 11) { invalid = true; return }
  bits <<= <u64>length
  if (size) {
    c.prediction += extend(<i32>(bits >>> <u64>(64 - size)), size)
    bits <<= <u64>size
  }
  count -= length + size
  store<i16>(block, <i16>(c.prediction << lowBit))
  if (!progressive) {
    const table = symbolTable(true, c.acId), offsets = offsetsOf(c)
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
  segment.saveReader(bits, count, at, segment.mcusLeft)
}
