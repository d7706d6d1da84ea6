// Entropy-coded segments (T.81 B.1.1.5): what lies between two markers, without byte stuffing.
//
// A segment is stored backwards in memory. WebAssembly loads little-endian numbers, so one load of eight bytes
// then brings the next 64 bits in the order of the stream, and refilling needs no byte swap:
//
//   bits |= load<u64>(at) >> count; at -= (63 - count) >> 3; count |= 56
//
// leaves at least 56 bits, left-aligned in `bits`. The decoding loops write that out by hand on local copies,
// because globals are memory and functions can not return three values.
import { Code } from '../codes'
import { charge } from '../fuel'
import { alloc } from '../memory'
import { component, componentCount } from './frame'
import { end, moveTo, position } from './input'

/** An MCU may read this far past the end of its segment before anyone looks. */
const OVERRUN: usize = 8192
/** A reader this many bytes past the end has certainly used bits that are not there. */
const TOLERANCE: usize = 64

let bottom: usize = 0, top: usize = 0
let segmentEnd: usize = 0, segmentStart: usize = 0

/** The reader between two calls of a decoding loop. */
export let bits: u64 = 0
export let count: i32 = 0
export let at: usize = 0
/** A loop that finds its `at` below this reads what is not there. */
export let limit: usize = 0

/** T.81 B.2.4.4: MCUs per segment, 0 for no restarts; and how many are left of this segment. */
export let restartInterval: i32 = 0
export let mcusLeft: i32 = 0
let restarts: i32 = 0

export function setRestartInterval(mcus: i32): void {
  restartInterval = mcus
}

/** Room for any segment from here to the end of the file. */
export function openSegments(): Code {
  const room = end - position + OVERRUN + TOLERANCE
  bottom = alloc(room)
  top = bottom + room
  return bottom ? Code.Ok : Code.OutOfMemory
}

/** The first segment of a scan begins at `position`. */
export function startScan(): void {
  restarts = 0
  readSegment()
}

/** Moves on to the next segment. T.81 F.2.1.3.1: RST0 to RST7 come in turn, and reset the predictions. */
export function restart(): Code {
  if (overran()) return Code.Truncated
  if (position + 2 > end) return Code.Truncated
  if (load<u8>(position, 1) != 0xd0 + (restarts & 7)) return Code.Corrupt
  moveTo(position + 2)
  restarts++
  readSegment()
  return Code.Ok
}

/** More bits were used than the segment holds. */
export function overran(): bool {
  return <i64>(segmentStart - 8 - at) * 8 - count > <i64>(segmentStart - segmentEnd) * 8
}

export function saveReader(newBits: u64, newCount: i32, newAt: usize, newMcusLeft: i32): void {
  bits = newBits
  count = newCount
  at = newAt
  mcusLeft = newMcusLeft
}

function readSegment(): void {
  segmentStart = top
  segmentEnd = unstuff(top)
  saveReader(0, 0, segmentStart - 8, restartInterval)
  limit = segmentEnd - TOLERANCE
  for (let i = 0; i < componentCount; i++) component(i).prediction = 0
}

/** Copies up to the next marker, downwards from `to`; leaves `position` at the marker, or at the end of the file. */
function unstuff(to: usize): usize {
  const ones = i8x16.splat(-1), last = end, from = position
  let s = from
  while (s < last) {
    if (s + 16 <= last) {
      const v = v128.load(s)
      const found = i8x16.bitmask(i8x16.eq(v, ones))
      v128.store(to - 16, i8x16.shuffle(v, v, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0))
      const plain = <usize>(found ? ctz(found) : 16)
      to -= plain
      s += plain
      if (!found) continue
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
  moveTo(s)
  charge(<i64>(s - from >> 4) + 16)
  return to
}
