// The scan header (T.81 B.2.3), and what is kept of each scan: scans that are collected are all read at once.
import { Code } from '../codes'
import { charge } from '../fuel'
import { allocZeroed } from '../memory'
import { ArithmeticDecoder, beginSegment } from './arithmetic-decoder'
import { EntropyReader, openReader } from './entropy-segment'
import { Component, componentById, componentCount, progressive } from './frame'
import { position } from './input'

/** Fuel for a window and copies of tables, whatever a scan holds. */
const PER_SCAN: i64 = 4096

/** B.2.3: blocks in an interleaved MCU. */
const MOST_BLOCKS: i32 = 10

/** A component in a scan. */
// @ts-ignore: decorator
@unmanaged export class Member {
  component: Component
  /** Tdj and Taj, and the tables they name when the scan begins. */
  dcId: i32
  acId: i32
  dcTable: usize
  acTable: usize
  /** DC prediction, T.81 F.2.1.3. */
  prediction: i32
  /** Of arithmetic coding: the bins that the last difference leads to, T.81 F.1.4.4.1.2. */
  context: i32
}

// @ts-ignore: decorator
@unmanaged export class Scan {
  count: i32
  members: usize
  /** Ss, Se, Ah, Al. */
  spectralStart: i32
  spectralEnd: i32
  highBit: i32
  lowBit: i32
  reader: EntropyReader
  /** Blocks to come that hold nothing more in this band, EOBRUN of T.81 G.1.2.2. */
  endRun: i32
  /** Of arithmetic coding, otherwise null and 0: with what it was conditioned, see arithmetic-block.ts. */
  decoder: ArithmeticDecoder
  conditioning: usize
  /** The scan behind this one, or a null. */
  next: Scan

  @inline member(i: i32): Member { return changetype<Member>(this.members + <usize>i * offsetof<Member>()) }

  blocksPerMcu(): i32 {
    let blocks = 0
    for (let i = 0; i < this.count; i++) blocks += this.member(i).component.h * this.member(i).component.v
    return blocks
  }

  /** A restart (F.2.1.3.1) forgets what was before. */
  forget(): void {
    for (let i = 0; i < this.count; i++) {
      this.member(i).prediction = 0
      this.member(i).context = 0
    }
    this.endRun = 0
    if (changetype<usize>(this.decoder)) beginSegment(this.decoder)
  }
}

/** The scan whose header was read last, or a null. */
export let scan: Scan = changetype<Scan>(0)

let interval: i32 = 0

export function setRestartInterval(mcus: i32): void {
  interval = mcus
}

/** `header` is the segment after its length, `n` bytes long. */
export function readScan(header: usize, n: i32): Code {
  if (!componentCount || n < 1) return Code.Corrupt
  const count = <i32>load<u8>(header)
  if (count < 1 || count > componentCount || n < 4 + count * 2) return Code.Corrupt
  const s = changetype<Scan>(allocZeroed(offsetof<Scan>() + <usize>count * offsetof<Member>()))
  if (!changetype<usize>(s)) return Code.OutOfMemory
  s.count = count
  s.members = changetype<usize>(s) + offsetof<Scan>()
  let seen = 0
  for (let i = 0; i < count; i++) {
    const at = header + 1 + (<usize>i << 1), m = s.member(i)
    m.component = componentById(load<u8>(at), seen)
    if (!changetype<usize>(m.component)) return Code.Corrupt
    seen |= 1 << m.component.index
    m.dcId = load<u8>(at, 1) >> 4
    m.acId = load<u8>(at, 1) & 15
    if (m.dcId > 3 || m.acId > 3) return Code.Corrupt
  }
  if (count > 1 && s.blocksPerMcu() > MOST_BLOCKS) return Code.Corrupt
  const code = progressive ? readProgression(s, header + 1 + (<usize>count << 1)) : sequential(s)
  if (code != Code.Ok) return code
  if (changetype<usize>(scan)) scan.next = s
  scan = s
  return Code.Ok
}

/** The fields mean nothing in a sequential picture, and some encoders leave them wrong. */
function sequential(s: Scan): Code {
  s.spectralEnd = 63
  return Code.Ok
}

/** G.1.1.1: DC and AC never share a scan, AC scans have one component, and each refinement adds one bit. */
function readProgression(s: Scan, at: usize): Code {
  const first = <i32>load<u8>(at), last = <i32>load<u8>(at, 1)
  s.spectralStart = first
  s.spectralEnd = last
  s.highBit = load<u8>(at, 2) >> 4
  s.lowBit = load<u8>(at, 2) & 15
  if (first == 0 ? last != 0 : s.count != 1) return Code.Corrupt
  if (first > last || last > 63 || s.lowBit > 13) return Code.Corrupt
  return s.highBit == 0 || s.lowBit == s.highBit - 1 ? Code.Ok : Code.Corrupt
}

/** Begins with the entropy-coded data of the scan, which lies at `position`. */
export function startReading(s: Scan): Code {
  charge(PER_SCAN)
  s.reader = openReader(position, interval)
  return changetype<usize>(s.reader) ? Code.Ok : Code.OutOfMemory
}
