// Entropy-coded segments (T.81 B.1.1.5): what lies between two markers, without byte stuffing.
//
// A segment is stored backwards in memory. WebAssembly loads little-endian numbers, so one load of eight bytes
// then brings the next 64 bits in the order of the stream, and refilling needs no byte swap:
//
//   bits |= load<u64>(at) >> count; at -= (63 - count) >> 3; count |= 56
//
// leaves at least 56 bits, left-aligned in `bits`. The decoding loops write that out by hand on local copies,
// because fields are memory and functions can not return three values.
//
// Only a window of the segment is there at any time. A loop that finds its `at` below `limit` before an MCU saves
// what it has and calls more().
import { Code } from '../codes'
import { charge } from '../fuel'
import { alloc } from '../memory'
import { end } from './input'
import { findMarker } from './marker-search'

/** Bytes of a segment that are held at once. Several scans are read at the same time, so this is small. */
const WINDOW: usize = 1 << 14
/** More than an MCU can take: T.81 B.2.3 allows it ten blocks, of 64 codes with at most 27 bits. */
const RESERVE: usize = 4096
const EOI_BYTES: i64 = 2
/** A reader this many bytes past the end has certainly used bits that are not there. */
const TOLERANCE: usize = 64

// @ts-ignore: decorator
@unmanaged export class EntropyReader {
  /** The next bits of the stream, left-aligned; `count` of them are sure. */
  bits: u64
  count: i32
  at: usize
  /** Below this, `at` asks for more(). */
  limit: usize
  /** T.81 B.2.4.4: MCUs per segment, 0 for no restarts; and how many are left of this segment. */
  interval: i32
  mcusLeft: i32
  restarts: i32
  /** Where the file goes on behind what was copied. */
  position: usize
  /** The window: bytes are used from `top` downwards, and were copied as far down as `low`. */
  bottom: usize
  top: usize
  low: usize
  /** The segment was copied to its end; `position` is at the marker behind it, or at the end of the file. */
  complete: bool

  @inline save(bits: u64, count: i32, at: usize, mcusLeft: i32): void {
    this.bits = bits
    this.count = count
    this.at = at
    this.mcusLeft = mcusLeft
  }
}

/** Reads segments from `position` on, each of `interval` MCUs. Null when memory ran out. */
export function openReader(position: usize, interval: i32): EntropyReader {
  const none = changetype<EntropyReader>(0)
  const window = min(end - position + 16, WINDOW)
  const reader = changetype<EntropyReader>(alloc(offsetof<EntropyReader>()))
  const bottom = alloc(RESERVE + window)
  if (!changetype<usize>(reader) || !bottom) return none
  reader.bottom = bottom + RESERVE // what is read past the end of a segment lies below
  reader.top = reader.bottom + window
  reader.interval = interval
  reader.restarts = 0
  reader.position = position
  beginSegment(reader)
  return reader
}

function beginSegment(reader: EntropyReader): void {
  reader.low = reader.top
  reader.save(0, 0, reader.top - 8, reader.interval)
  fill(reader)
}

/** Moves on to the next segment. T.81 F.2.1.3.1: RST0 to RST7 come in turn. */
export function restart(reader: EntropyReader): Code {
  if (overran(reader)) return Code.Truncated
  const marker = findMarker(reader.position)
  if (marker + 2 > end) return Code.Truncated
  if (load<u8>(marker, 1) != 0xd0 + (reader.restarts & 7)) return Code.Corrupt
  reader.position = marker + 2
  reader.restarts++
  beginSegment(reader)
  return Code.Ok
}

/** Copies the next part of the segment, and moves `at` with what is left of the last one. */
export function more(reader: EntropyReader): Code {
  if (reader.complete) return Code.Truncated
  const left = reader.at + 8 - reader.low
  memory.copy(reader.top - left, reader.low, left)
  reader.low = reader.top - left
  reader.at = reader.top - 8
  fill(reader)
  return reader.at < reader.limit ? Code.Truncated : Code.Ok
}

/** More bits were used than the segment holds. */
export function overran(reader: EntropyReader): bool {
  return (<i64>reader.low - 8 - <i64>reader.at) * 8 - reader.count > 0
}

/**
 * Whether a segment that no marker ends, and of which all bits were there, is the end of a file that was cut off.
 * Such a file ends with its data, or is filled up with zeros that were then taken for data. Where something else
 * stands in place of EOI, nothing is lost: phones append trailers without it.
 */
export function isCutOff(reader: EntropyReader): bool {
  const bitsLeft = <i64>reader.count - (<i64>reader.low - 8 - <i64>reader.at) * 8
  const last = reader.low + <usize>(bitsLeft >> 3) // the byte of the last bit that was used
  const usedZeros = last + 2 <= reader.top && load<u16>(last) == 0
  return usedZeros || (reader.complete && bitsLeft < 8 * EOI_BYTES)
}

/** Copies downwards from `low` up to the next marker, or as much as there is room for. */
function fill(reader: EntropyReader): void {
  const ones = i8x16.splat(-1), last = end, from = reader.position, floor = reader.bottom + 16
  let s = from, to = reader.low, complete = true
  while (s < last) {
    if (to < floor) { complete = false; break }
    if (s + 16 <= last) {
      const v = v128.load(s)
      const found = i8x16.bitmask(i8x16.eq(v, ones))
      v128.store(to - 16, i8x16.shuffle(v, v, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0))
      const plain = <usize>(found ? ctz(found) : 16)
      to -= plain
      s += plain
      if (!found) continue
      if (to < floor) { complete = false; break }
    } else if (load<u8>(s) != 0xff) {
      to--
      store<u8>(to, load<u8>(s))
      s++
      continue
    }
    if (s + 1 >= last) { s = last; break }
    const next = load<u8>(s, 1)
    if (next == 0) {
      to--
      store<u8>(to, 0xff)
      s += 2
    } else if (next == 0xff) s++ // a fill byte, B.1.1.2
    else break
  }
  charge(<i64>(s - from >> 4) + 16)
  reader.position = s
  reader.low = to
  reader.complete = complete
  reader.limit = complete ? to - TOLERANCE : to + RESERVE
}
