// Segment, skip flag and prediction modes of each macroblock (RFC 6386, sections 9.3, 9.11, 11 and 19.3).
import { HEADER_CODER, OUT, putBit, putLiteral } from './bool-coder'
import { LEFT_MODES, aboveModes, clearAboveModes, impliedSubblockModes, neighbourModes } from './macroblock-state'
import { BY_SUBBLOCKS, CHROMA_MODE, LUMA_MODE, MODE_BYTES, SKIPPED, SUBBLOCK_MODES, columns, modes, modesOf, rows } from './picture'
import { SEGMENT_PROBS, segmentOf, segmented } from './segmentation'
import { SUBBLOCK_MODE_LENGTH, SUBBLOCK_MODE_PATH, SUBBLOCK_MODE_PROBS } from '../build/tables'

/** Bytes that the header of one macroblock cannot exceed. */
export const MACROBLOCK_HEADER_BYTES: usize = 150

/** Writes all of them; false once more than `limit` bytes from `start` are written. */
export function writeMacroblockHeaders(start: usize, limit: usize): bool {
  const skip = skipProbability()
  putLiteral(1, 1) // macroblocks may be skipped
  putLiteral(skip, 8)
  clearAboveModes()
  for (let my = 0; my < rows; my++) {
    store<u32>(LEFT_MODES, 0)
    for (let mx = 0; mx < columns; mx++) writeMacroblock(mx, my, skip)
    if (load<usize>(HEADER_CODER, OUT) - start > limit) return false
  }
  return true
}

/** Probability of "not skipped". */
function skipProbability(): i32 {
  const total = <i64>columns * rows
  let skipped: i64 = 0
  for (let i: usize = 0; i < <usize>total; i++) skipped += load<u8>(modes + i * MODE_BYTES, SKIPPED)
  return <i32>max<i64>(1, ((total - skipped) * 255 + (total >> 1)) / total)
}

function writeMacroblock(mx: i32, my: i32, skip: i32): void {
  const record = modesOf(mx, my)
  if (segmented) {
    const segment = segmentOf(mx, my)
    putBit(segment >> 1, load<u8>(SEGMENT_PROBS))
    putBit(segment & 1, load<u8>(SEGMENT_PROBS + 1 + (segment >> 1)))
  }
  putBit(load<u8>(record, SKIPPED), skip)
  neighbourModes(mx)
  writeLumaMode(load<u8>(record, LUMA_MODE), record)
  writeChromaMode(load<u8>(record, CHROMA_MODE))
}

/** Section 11.2: the tree of key frames. */
function writeLumaMode(mode: i32, record: usize): void {
  putBit(mode != BY_SUBBLOCKS ? 1 : 0, 145)
  if (mode != BY_SUBBLOCKS) {
    putBit(mode >> 1, 156)
    putBit(mode & 1, mode < 2 ? 163 : 128)
    const implied = impliedSubblockModes(mode)
    store<u32>(aboveModes, implied)
    store<u32>(LEFT_MODES, implied)
    return
  }
  for (let b = 0; b < 16; b++) {
    const above = aboveModes + (b & 3), left = LEFT_MODES + (b >> 2), m = load<u8>(record + SUBBLOCK_MODES + b)
    writeSubblockMode(m, SUBBLOCK_MODE_PROBS + (<usize>load<u8>(above) * 10 + load<u8>(left)) * 9)
    store<u8>(above, m)
    store<u8>(left, m)
  }
}

function writeSubblockMode(mode: u8, probs: usize): void {
  const path = SUBBLOCK_MODE_PATH + (<usize>mode << 3), length = <i32>load<u8>(SUBBLOCK_MODE_LENGTH + mode)
  for (let i = 0; i < length; i++) {
    const step = <i32>load<u8>(path + i)
    putBit(step >> 7, load<u8>(probs + (step & 127)))
  }
}

function writeChromaMode(mode: i32): void {
  putBit(mode > 0 ? 1 : 0, 142)
  if (mode == 0) return
  putBit(mode > 1 ? 1 : 0, 114)
  if (mode > 1) putBit(mode - 2, 183)
}
