// Marker segments, T.81 B.1.1 and table B.1.
import { Code } from '../codes'
import { readConditioning } from './arithmetic-block'
import { readFrame } from './frame'
import { readHuffmanTables } from './huffman'
import { byteAt, end, moveTo, position, wordAt } from './input'
import { findMarker } from './marker-search'
import { readQuantisers } from './quantisation'
import { sawAdobe, sawJFIF } from './result'
import { readScan, setRestartInterval } from './scan'

/** Reading stopped behind a scan header, or at EOI. Anything below is a Code. */
export enum Stop { Scan = 1, End = 2 }

const SOF0 = 0xc0, SOF2 = 0xc2, SOF3 = 0xc3, DHT = 0xc4, SOF5 = 0xc5, SOF7 = 0xc7, JPG = 0xc8, SOF9 = 0xc9
const SOF10 = 0xca, SOF11 = 0xcb, DAC = 0xcc, SOF13 = 0xcd, SOF15 = 0xcf, RST0 = 0xd0, SOI = 0xd8, EOI = 0xd9
const SOS = 0xda, DQT = 0xdb, DRI = 0xdd, DHP = 0xde
const EXP = 0xdf, APP0 = 0xe0, APP14 = 0xee, TEM = 0x01

const JFIF: u32 = 0x4649464a, ADOBE: u32 = 0x626f6441 // first four letters, little-endian

/** The file begins with SOI. */
export function readStart(): Code {
  if (position + 2 > end || wordAt(position) != 0xff00 + SOI) return Code.Corrupt
  moveTo(position + 2)
  return Code.Ok
}

/** Reads segments up to the next scan or the end. Bytes that belong to no segment are passed over, as libjpeg does. */
export function readMarkers(): i32 {
  while (true) {
    const at = findMarker(position)
    if (at + 2 > end) return Code.Truncated
    const marker = byteAt(at + 1)
    moveTo(at + 2)
    if (marker == EOI) return Stop.End
    if (marker == SOI) return Code.Corrupt // of another picture behind this one
    if (marker == TEM || (marker >= RST0 && marker < SOI)) continue
    if (position + 2 > end) return Code.Truncated
    const length = wordAt(position)
    // libjpeg takes a segment that it skips for empty when its length is impossible.
    if (length < 2 && isRead(marker)) return Code.Corrupt
    const body = position + 2, n = max(length, 2) - 2
    if (body + <usize>n > end) return Code.Truncated
    moveTo(body + <usize>n)
    const code = readSegment(marker, body, n)
    if (code != Code.Ok) return code
    if (marker == SOS) return Stop.Scan
  }
}

function isRead(marker: i32): bool {
  return (marker >= SOF0 && marker <= SOF15) || (marker >= SOS && marker <= EXP)
}

function readSegment(marker: i32, body: usize, n: i32): Code {
  if (marker == DHT) return readHuffmanTables(body, n)
  if (marker == DQT) return readQuantisers(body, n)
  if (marker == SOS) return readScan(body, n)
  if (marker >= SOF0 && marker <= SOF2) return readFrame(body, n, marker == SOF2, false)
  if (marker == SOF9 || marker == SOF10) return readFrame(body, n, marker == SOF10, true)
  if (marker == DAC) return readConditioning(body, n)
  if (marker == DRI) {
    if (n < 2) return Code.Corrupt
    setRestartInterval(wordAt(body))
  } else if (marker == APP0) {
    if (n >= 12 && load<u32>(body) == JFIF && byteAt(body + 4) == 0) sawJFIF()
  } else if (marker == APP14) {
    if (n >= 12 && load<u32>(body) == ADOBE && byteAt(body + 4) == 0x65) sawAdobe(byteAt(body + 11))
  } else if (marker == SOF3 || marker == SOF11) return Code.UnsupportedLossless
  else if (isHierarchical(marker)) return Code.UnsupportedHierarchical
  else if (marker == JPG) return Code.Corrupt
  return Code.Ok
}

/** Frames that are differences to others. */
function isHierarchical(marker: i32): bool {
  return (marker >= SOF5 && marker <= SOF7) || (marker >= SOF13 && marker <= SOF15) || marker == DHP || marker == EXP
}
