// Progressive AC scans: first (T.81 G.1.2.2) and refinement (G.1.2.3). One component, never interleaved.
import { Code } from '../codes'
import { charge } from '../fuel'
import { discarded, offsetsOf } from './coefficients'
import * as segment from './entropy-segment'
import { Component } from './frame'
import { extend, invalidCode, nextSymbol, symbolTable } from './huffman'
import { lowBit, spectralEnd, spectralStart } from './scan'

/** One refill brings at least 56 bits; so many correction bits are taken from it at once. */
const CORRECTIONS: i32 = 40

export function acFirstScan(c: Component): Code {
  const table = symbolTable(true, c.acId)
  if (!table) return Code.Corrupt
  const offsets = offsetsOf(c), interval = segment.restartInterval
  const first = spectralStart, last = spectralEnd, shift = lowBit, bytes = <usize>c.blockBytes
  let bits = segment.bits, count = segment.count, at = segment.at, left = segment.mcusLeft, limit = segment.limit
  let endRun = 0 // blocks that hold nothing more in this band, EOBRUN
  let invalid = false
  for (let y = 0; y < c.ownBlocksHigh; y++) {
    charge(<i64>c.ownBlocksWide * 64)
    let index = <usize>y * <usize>c.blocksWide
    for (let x = 0; x < c.ownBlocksWide; x++, index++) {
      if (interval) {
        if (left == 0) {
          segment.saveReader(bits, count, at, 0)
          const code = segment.restart()
          if (code != Code.Ok) return code
          bits = 0; count = 0; endRun = 0
          at = segment.at
          limit = segment.limit
          left = interval
        }
        left--
      }
      if (endRun) { endRun--; continue }
      if (at < limit) return Code.Truncated
      const block = c.coefficients + index * bytes
      let nonzero = load<u64>(c.nonzero + (index << 3))
      for (let k = first; k <= last; k++) {
        bits |= load<u64>(at) >> <u64>count; at -= <usize>((63 - count) >> 3); count |= 56
        const symbol = nextSymbol(table, bits), length = symbol & 255, run = symbol >> 12, size = (symbol >> 8) & 15
        bits <<= <u64>length; count -= length
        if (size == 0) {
          if (run == 15) { k += 15; continue }
          if (run) {
            endRun = (1 << run) - 1 + <i32>(bits >>> <u64>(64 - run))
            bits <<= <u64>run; count -= run
          }
          break
        }
        k += run
        if (k > last || size > 10) { invalid = true; break }
        const value = extend(<i32>(bits >>> <u64>(64 - size)), size)
        bits <<= <u64>size; count -= size
        const offset = <i32>load<i16>(offsets + (<usize>k << 1))
        if (offset >= 0) store<i16>(block + <usize>offset, <i16>(value << shift))
        nonzero |= <u64>1 << <u64>k
      }
      store<u64>(c.nonzero + (index << 3), nonzero)
    }
    if (invalid || invalidCode) return Code.Corrupt
  }
  segment.saveReader(bits, count, at, left)
  return segment.overran() ? Code.Truncated : Code.Ok
}

/**
 * A refinement scan gives coefficients that are not zero one more bit each, and new ones their first. Runs count
 * only coefficients that were zero, so positions are found in the bit mask rather than one by one.
 */
export function acRefinementScan(c: Component): Code {
  const table = symbolTable(true, c.acId)
  if (!table) return Code.Corrupt
  const offsets = offsetsOf(c), interval = segment.restartInterval
  const one = 1 << lowBit, bytes = <usize>c.blockBytes
  const band = (~(<u64>0) >> <u64>(63 - spectralEnd)) & (~(<u64>0) << <u64>spectralStart)
  let bits = segment.bits, count = segment.count, at = segment.at, left = segment.mcusLeft, limit = segment.limit
  let endRun = 0, invalid = false
  for (let y = 0; y < c.ownBlocksHigh; y++) {
    charge(<i64>c.ownBlocksWide * 64)
    let index = <usize>y * <usize>c.blocksWide
    for (let x = 0; x < c.ownBlocksWide; x++, index++) {
      if (interval) {
        if (left == 0) {
          segment.saveReader(bits, count, at, 0)
          const code = segment.restart()
          if (code != Code.Ok) return code
          bits = 0; count = 0; endRun = 0
          at = segment.at
          limit = segment.limit
          left = interval
        }
        left--
      }
      if (at < limit) return Code.Truncated
      const block = c.coefficients + index * bytes
      const before = load<u64>(c.nonzero + (index << 3)) & band
      let todo = band, added: u64 = 0
      do {
        let value = 0, k = 64
        if (endRun == 0) {
          bits |= load<u64>(at) >> <u64>count; at -= <usize>((63 - count) >> 3); count |= 56
          const symbol = nextSymbol(table, bits), length = symbol & 255, size = (symbol >> 8) & 15
          let run = symbol >> 12
          bits <<= <u64>length; count -= length
          if (size) {
            invalid = invalid || size != 1
            value = bits >>> 63 ? one : -one
            bits <<= 1; count--
          } else if (run < 15) {
            endRun = 1 << run
            if (run) {
              endRun += <i32>(bits >>> <u64>(64 - run))
              bits <<= <u64>run; count -= run
            }
          }
          if (!endRun) { // the zero coefficient after `run` others
            let zeros = todo & ~before
            for (; run > 0; run--) zeros &= zeros - 1
            k = <i32>ctz(zeros)
          }
        }
        let corrected: u64 // coefficients that are passed on the way, and get their bit
        if (k < 64) {
          const below = (<u64>1 << <u64>k) - 1
          corrected = before & todo & below
          todo &= ~below & ~(<u64>1 << <u64>k)
        } else {
          corrected = before & todo
          todo = 0
          invalid = invalid || value != 0 // a run led out of the band
          if (endRun) endRun--
        }
        let n = <i32>popcnt(corrected)
        while (n > 0) {
          const take = n > CORRECTIONS ? CORRECTIONS : n
          bits |= load<u64>(at) >> <u64>count; at -= <usize>((63 - count) >> 3); count |= 56
          let correction = bits >>> <u64>(64 - take), part = corrected
          bits <<= <u64>take; count -= take
          n -= take
          if (n) {
            for (let i = 0; i < take; i++) corrected &= corrected - 1
            part &= ~corrected
          }
          while (correction) { // the last bit belongs to the highest position
            const position = 63 - <i32>clz(part)
            correct(block, offsets, position, one & -<i32>(correction & 1))
            part ^= <u64>1 << <u64>position
            correction >>= 1
          }
        }
        if (value && k < 64) {
          const offset = <i32>load<i16>(offsets + (<usize>k << 1))
          if (offset >= 0) store<i16>(block + <usize>offset, <i16>value)
          added |= <u64>1 << <u64>k
        }
      } while (todo)
      if (added) store<u64>(c.nonzero + (index << 3), load<u64>(c.nonzero + (index << 3)) | added)
    }
    if (invalid || invalidCode) return Code.Corrupt
  }
  segment.saveReader(bits, count, at, left)
  return segment.overran() ? Code.Truncated : Code.Ok
}

/** Moves a coefficient away from zero by `amount`. */
// @ts-ignore: decorator
@inline function correct(block: usize, offsets: usize, k: i32, amount: i32): void {
  const offset = <i32>load<i16>(offsets + (<usize>k << 1))
  const at = select(block + <usize>offset, discarded, offset >= 0)
  const value = <i32>load<i16>(at), sign = value >> 31
  store<i16>(at, <i16>(value + ((amount ^ sign) - sign)))
}
