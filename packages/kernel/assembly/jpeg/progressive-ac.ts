// Progressive AC scans: first (T.81 G.1.2.2) and refinement (G.1.2.3). One component, never interleaved.
import { Code } from '../codes'
import { charge } from '../fuel'
import { discarded, offsetsOf } from './coefficients'
import { more, restart } from './entropy-segment'
import { extend, nextSymbol } from './huffman'
import { Scan } from './scan'

/** A refill brings at least 56 bits. So many correction bits are there behind a code of 16 bits and a sign. */
const CORRECTIONS: i32 = 38

export function acFirstRow(scan: Scan, mcuRow: i32): Code {
  const m = scan.member(0), c = m.component, table = m.acTable, offsets = offsetsOf(c)
  const first = scan.spectralStart, last = scan.spectralEnd, shift = scan.lowBit, bytes = <usize>c.blockBytes
  const reader = scan.reader, interval = reader.interval, wide = c.ownBlocksWide
  let bits = reader.bits, count = reader.count, at = reader.at, left = reader.mcusLeft, limit = reader.limit
  let endRun = scan.endRun, invalid = false
  const rows = min(c.v, c.ownBlocksHigh - mcuRow * c.v)
  for (let v = 0; v < rows; v++) {
    charge(<i64>wide * 64)
    let index = <usize>(v * c.blocksWide)
    for (let x = 0; x < wide; x++, index++) {
      if (interval) {
        if (left == 0) {
          reader.save(bits, count, at, 0)
          const code = restart(reader)
          if (code != Code.Ok) return code
          bits = 0; count = 0; endRun = 0
          at = reader.at
          limit = reader.limit
          left = interval
        }
        left--
      }
      if (endRun) { endRun--; continue }
      if (at < limit) {
        reader.save(bits, count, at, left)
        const code = more(reader)
        if (code != Code.Ok) return code
        at = reader.at
        limit = reader.limit
      }
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
  }
  reader.save(bits, count, at, left)
  scan.endRun = endRun
  return invalid ? Code.Corrupt : Code.Ok
}

/**
 * A refinement scan gives coefficients that are not zero one more bit each, and new ones their first. Runs count
 * only coefficients that were zero, so positions are found in the bit mask rather than one by one; correction bits
 * come in the order of positions, so they are gathered first, and applied once per block.
 */
export function acRefinementRow(scan: Scan, mcuRow: i32): Code {
  const m = scan.member(0), c = m.component, table = m.acTable, offsets = offsetsOf(c)
  const one = 1 << scan.lowBit, bytes = <usize>c.blockBytes, nowhere = discarded
  const band = (~(<u64>0) >> <u64>(63 - scan.spectralEnd)) & (~(<u64>0) << <u64>scan.spectralStart)
  const reader = scan.reader, interval = reader.interval, wide = c.ownBlocksWide
  let bits = reader.bits, count = reader.count, at = reader.at, left = reader.mcusLeft, limit = reader.limit
  let endRun = scan.endRun, invalid = false
  const rows = min(c.v, c.ownBlocksHigh - mcuRow * c.v)
  for (let v = 0; v < rows; v++) {
    charge(<i64>wide * 64)
    let block = c.coefficients + <usize>(v * c.blocksWide) * bytes
    let mask = c.nonzero + (<usize>(v * c.blocksWide) << 3)
    for (let x = 0; x < wide; x++, block += bytes, mask += 8) {
      if (interval) {
        if (left == 0) {
          reader.save(bits, count, at, 0)
          const code = restart(reader)
          if (code != Code.Ok) return code
          bits = 0; count = 0; endRun = 0
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
      const known = load<u64>(mask), before = known & band
      let todo = band, added: u64 = 0
      let corrections: u64 = 0, corrected = 0 // the last one in the lowest bit, and how many
      while (endRun == 0 && todo) {
        bits |= load<u64>(at) >> <u64>count; at -= <usize>((63 - count) >> 3); count |= 56
        const symbol = nextSymbol(table, bits), length = symbol & 255, size = (symbol >> 8) & 15
        let run = symbol >> 12
        bits <<= <u64>length; count -= length
        if (size == 0 && run < 15) {
          endRun = 1 << run
          if (run) {
            endRun += <i32>(bits >>> <u64>(64 - run))
            bits <<= <u64>run; count -= run
          }
          break
        }
        const positive = bits >>> 63
        if (size) { bits <<= 1; count-- }
        // The zero coefficient after `run` others; short runs take no branch.
        let zeros = todo & ~before
        zeros &= zeros - <u64>(run > 0)
        zeros &= zeros - <u64>(run > 1)
        zeros &= zeros - <u64>(run > 2)
        for (; run > 3; run--) zeros &= zeros - 1
        const here = zeros & (0 - zeros), below = here - 1 // all positions when there is none
        const n = <i32>popcnt(before & todo & below)
        todo &= ~(below | here)
        invalid = invalid || size > 1 || (size != 0 && here == 0)
        if (n <= CORRECTIONS) {
          corrections = corrections << <u64>n | bits >>> 1 >>> <u64>(63 - n)
          bits <<= <u64>n; count -= n
          corrected += n
        } else {
          for (let i = 0; i < n; i++) {
            bits |= load<u64>(at) >> <u64>count; at -= <usize>((63 - count) >> 3); count |= 56
            corrections = corrections << 1 | bits >>> 63
            bits <<= 1; count--
          }
          corrected += n
        }
        if (size && here) {
          const offset = <i32>load<i16>(offsets + (<usize>ctz(here) << 1))
          if (offset >= 0) store<i16>(block + <usize>offset, <i16>(positive ? one : -one))
          added |= here
        }
      }
      if (endRun) {
        endRun--
        for (let n = <i32>popcnt(before & todo); n > 0; ) {
          const take = min(n, CORRECTIONS)
          bits |= load<u64>(at) >> <u64>count; at -= <usize>((63 - count) >> 3); count |= 56
          corrections = corrections << <u64>take | bits >>> <u64>(64 - take)
          bits <<= <u64>take; count -= take
          corrected += take
          n -= take
        }
      }
      if (added) store<u64>(mask, known | added)
      if (!corrections) continue
      // Away from zero by one bit each.
      corrections <<= <u64>(64 - corrected)
      for (let rest = before; corrections; rest &= rest - 1, corrections <<= 1) {
        const offset = <i32>load<i16>(offsets + (<usize>ctz(rest) << 1))
        const to = select(block + <usize>offset, nowhere, offset >= 0)
        const value = <i32>load<i16>(to), sign = value >> 31
        const amount = one & <i32>(<i64>corrections >> 63)
        store<i16>(to, <i16>(value + ((amount ^ sign) - sign)))
      }
    }
  }
  reader.save(bits, count, at, left)
  scan.endRun = endRun
  return invalid ? Code.Corrupt : Code.Ok
}
