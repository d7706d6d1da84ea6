// The scan header, T.81 B.2.3.
import { Code } from '../codes'
import { Component, component, componentById, componentCount, progressive } from './frame'

/** B.2.3: blocks in an interleaved MCU. */
const MOST_BLOCKS: i32 = 10

export let scanCount: i32 = 0
/** Ss, Se, Ah, Al. */
export let spectralStart: i32 = 0
export let spectralEnd: i32 = 0
export let highBit: i32 = 0
export let lowBit: i32 = 0
/** Four bytes: the indices of the scan's components in the frame. */
const MEMBERS: usize = memory.data(4)

export function scanComponent(i: i32): Component {
  return component(load<u8>(MEMBERS + <usize>i))
}

/** `header` is the segment after its length, `n` bytes long. */
export function readScan(header: usize, n: i32): Code {
  if (!componentCount || n < 1) return Code.Corrupt
  scanCount = load<u8>(header)
  if (scanCount < 1 || scanCount > componentCount || n < 4 + scanCount * 2) return Code.Corrupt
  let seen = 0, blocks = 0
  for (let i = 0; i < scanCount; i++) {
    const at = header + 1 + (<usize>i << 1)
    const c = componentById(load<u8>(at))
    if (!changetype<usize>(c)) return Code.Corrupt
    if (seen & (1 << c.index)) return Code.Corrupt
    seen |= 1 << c.index
    store<u8>(MEMBERS + <usize>i, <u8>c.index)
    c.dcId = load<u8>(at, 1) >> 4
    c.acId = load<u8>(at, 1) & 15
    if (c.dcId > 3 || c.acId > 3) return Code.Corrupt
    blocks += c.h * c.v
  }
  if (scanCount > 1 && blocks > MOST_BLOCKS) return Code.Corrupt
  const at = header + 1 + (<usize>scanCount << 1)
  spectralStart = load<u8>(at)
  spectralEnd = load<u8>(at, 1)
  highBit = load<u8>(at, 2) >> 4
  lowBit = load<u8>(at, 2) & 15
  if (!progressive) { // the fields mean nothing here, and some encoders leave them wrong
    spectralStart = 0
    spectralEnd = 63
    highBit = 0
    lowBit = 0
    return Code.Ok
  }
  // G.1.1.1: DC and AC never share a scan, AC scans have one component, and each refinement adds one bit.
  if (spectralStart == 0 ? spectralEnd != 0 : scanCount != 1) return Code.Corrupt
  if (spectralStart > spectralEnd || spectralEnd > 63 || lowBit > 13) return Code.Corrupt
  return highBit == 0 || lowBit == highBit - 1 ? Code.Ok : Code.Corrupt
}

export function blocksPerMcu(): i32 {
  let blocks = 0
  for (let i = 0; i < scanCount; i++) blocks += scanComponent(i).h * scanComponent(i).v
  return blocks
}
