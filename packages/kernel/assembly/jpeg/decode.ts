// JPEG (ITU-T T.81): baseline, extended and progressive, by Huffman's or arithmetic coding, 8 bits, 1, 3 or 4 components.
import { Code } from '../codes'
import { cropHeight, cropWidth, minOversampling, outHeight, outWidth } from '../plan'
import { decodeMcuRow, openBaseline } from './baseline'
import { MCU_REACH, noteMeans, openMeans, smoothRow } from './block-smoothing'
import {
  enterRow, isComplete, openCoefficients, openRows, rowsAhead, transformMcuRow,
} from './coefficients'
import { isCutOff } from './entropy-segment'
import {
  Component, arithmetic, component, componentCount, countBlocks, hMax, height, mcusHigh, progressive, vMax, width,
} from './frame'
import { defineStandardTables } from './huffman'
import { end, openInput } from './input'
import { settleHeight } from './lines'
import { findMarker } from './marker-search'
import { Stop, readMarkers, readStart } from './markers'
import { openPlane, openPlaneScratch, scratchBytes } from './plane'
import { latchQuantiser } from './quantisation'
import { fitPlanes, isChroma, openResult, writeRows } from './result'
import { Scan, scan, startReading } from './scan'
import { decodeScanRow, openStoredScan } from './stored-scan'

/** Decodes, by the plan that setPlan() left; the result is at outputPointer(). */
export function decodeJpeg(file: usize, length: usize): Code {
  openInput(file, length)
  let code = readStart()
  if (code != Code.Ok) return code
  const stop = readMarkers()
  if (stop != Stop.Scan) return stop == Stop.End ? Code.Truncated : <Code>stop
  code = settleHeight()
  if (code == Code.Ok) code = fitPlanes()
  if (code == Code.Ok) code = openPicture()
  if (code != Code.Ok) return code
  // A sequential picture whose only scan has everything needs no memory for coefficients.
  return !progressive && !arithmetic && scan.count == componentCount ? decodeAtOnce() : decodeScans()
}

function openPicture(): Code {
  countBlocks()
  let taps = 0, bytes: u64 = 0
  for (let i = 0; i < componentCount; i++) {
    const c = component(i)
    c.size = scaledSize(c)
    const code = openPlane(c, likeBefore(i))
    if (code != Code.Ok) return code
    taps = max(taps, c.plane.lines.taps)
    bytes = max(bytes, scratchBytes(c.plane))
  }
  const code = openPlaneScratch(taps, bytes)
  return code == Code.Ok ? openResult() : code
}

/**
 * DCT scaling (idct-scaled.ts): halves as long as the plane stays `minOversampling` times as large as the target. Half of
 * that is enough for chroma, which is seen, and in most files stored, at half the resolution.
 */
function scaledSize(c: Component): i32 {
  const times = isChroma(c) ? Math.max(1, minOversampling / 2) : minOversampling
  const across = cropWidth * <f64>c.h / <f64>hMax / outWidth, down = cropHeight * <f64>c.v / <f64>vMax / outHeight
  const ratio = Math.min(across, down)
  let size = 8
  while (size > 1 && ratio * <f64>(size >> 1) >= times * 8) size >>= 1
  return size
}

/** An earlier component of the same shape, or a null. */
function likeBefore(i: i32): Component {
  const c = component(i)
  for (let j = 0; j < i; j++) {
    const other = component(j)
    if (other.h == c.h && other.v == c.v && other.size == c.size) return other
  }
  return changetype<Component>(0)
}

/** The header of the scan was read: settles what it means, and begins with its data. */
function openScan(s: Scan): Code {
  if (!progressive) defineStandardTables()
  for (let i = 0; i < s.count; i++) {
    const code = latchQuantiser(s.member(i).component)
    if (code != Code.Ok) return code
  }
  return startReading(s)
}

function decodeAtOnce(): Code {
  let code = openScan(scan)
  if (code == Code.Ok) code = openBaseline(scan)
  if (code != Code.Ok) return code
  for (let y = 0; y < mcusHigh; y++) {
    code = decodeMcuRow(scan, y)
    if (code != Code.Ok) return code
    rowDecoded(y)
  }
  return finish()
}

/** All MCUs were decoded. Any marker may end the last segment. */
function finish(): Code {
  if (findMarker(scan.reader.position) + 2 > end && isCutOff(scan.reader)) return Code.Truncated
  return writeRows() ? Code.Ok : Code.Truncated
}

function decodeScans(): Code {
  let code = openCoefficients()
  if (code != Code.Ok) return code
  const first = scan
  let stop: i32 = Stop.Scan
  while (stop == Stop.Scan) {
    code = openScan(scan)
    if (code == Code.Ok) code = openStoredScan(scan)
    if (code != Code.Ok) return code
    stop = readMarkers()
  }
  if (stop < 0 && (stop == Code.OutOfMemory || !isWhole())) return <Code>stop
  for (let i = 0; i < componentCount; i++) if (!component(i).hasDC) return Code.Truncated
  code = openRows(MCU_REACH)
  if (code == Code.Ok && rowsAhead) code = openMeans()
  if (code != Code.Ok) return code
  for (let y = 0, read = 0; y < mcusHigh; y++) {
    for (; read <= min(y + rowsAhead, mcusHigh - 1); read++) {
      enterRow(read)
      code = decodeScansRow(first, read)
      if (code != Code.Ok) return code
      if (rowsAhead) noteMeans(read)
    }
    enterRow(y)
    if (rowsAhead) smoothRow(y)
    transformMcuRow(y)
    rowDecoded(y)
  }
  return finish()
}

/** What all scans say of a row of MCUs. */
function decodeScansRow(first: Scan, mcuRow: i32): Code {
  for (let s = first; changetype<usize>(s); s = s.next) {
    const code = decodeScanRow(s, mcuRow)
    if (code != Code.Ok) return code
  }
  return Code.Ok
}

/** Every bit of every coefficient was announced: whatever stands behind them in place of EOI is no loss. */
function isWhole(): bool {
  for (let i = 0; i < componentCount; i++) if (!isComplete(component(i), 0, 63)) return false
  return true
}

function rowDecoded(mcuRow: i32): void {
  for (let i = 0; i < componentCount; i++) {
    const c = component(i)
    c.plane.decoded = min((mcuRow + 1) * c.v * c.size, c.plane.height)
  }
  writeRows()
}
