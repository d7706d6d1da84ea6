// The course of a job: begin, survey every band, plan, encode every band, finish. A band is a row of macroblocks.
import { charge } from '../../kernel/assembly/fuel'
import { chromaActivity, clearActivity, flatShare, measureRow } from './activity'
import { HEADER_CODER, finishCoder, startCoder } from './bool-coder'
import { openDiffusion, startDiffusionRow } from './chroma-diffusion'
import { convertBand } from './colour'
import { buildCosts } from './cost'
import { setEffort } from './effort'
import { writeFrameHeader } from './frame-header'
import { chooseFilterLevels } from './loop-filter'
import { encodeMacroblock, startMacroblocks } from './macroblock'
import { MACROBLOCK_HEADER_BYTES, writeMacroblockHeaders } from './macroblock-header'
import { chooseChromaLambda, openMacroblocks, startRow } from './macroblock-state'
import { allocate, releaseAll } from './memory'
import { advanceReconstruction, columns, height, openPicture, rows, width } from './picture'
import { chooseChromaDelta } from './quantiser'
import { chooseSegments } from './segmentation'
import { estimateProbabilities, finalProbabilities, resetStatistics } from './statistics'
import { BAD_SIZE, FIRST_PARTITION_FULL, OK, OUT_OF_MEMORY } from './status'
import { closeTape, openTape, startTapeRow, tapeBytes } from './tape'
import { bandIsOpaque, flattenInvisible } from './transparency'
import { codeTokens, partition0, partition0Bytes, partition1, partition1Bytes } from './token-partitions'

/** 14-bit fields (RFC 6386, section 9.1). */
const MAX_SIDE: i32 = 16383
/** 19-bit field. */
const MAX_FIRST_PARTITION: usize = 0x7ffff
const FRAME_TAG_BYTES: usize = 10
/** The frame header proper takes at most 2.2 kB: every probability replaced. */
const FRAME_HEADER_BYTES: usize = 4096

// Of fuel, for each macroblock and each byte of the tape.
const SURVEY_UNITS: i64 = 300
const MACROBLOCK_UNITS: i64 = 900
const TOKEN_UNITS: i64 = 10

let index: i32 = 0
/** Whether a pixel of the survey was not opaque. */
export let hasAlpha: bool = false
let surveyed: i32 = 0
let encoded: i32 = 0

/** Opens a picture of w x h. effort 0 to 6. */
export function begin(w: i32, h: i32, effort: i32): i32 {
  if (w < 1 || h < 1 || w > MAX_SIDE || h > MAX_SIDE) return BAD_SIZE
  releaseAll()
  clearActivity()
  setEffort(effort)
  surveyed = 0
  hasAlpha = false
  encoded = 0
  const status = openPicture(w, h)
  if (status) return status
  startMacroblocks(MAX_FIRST_PARTITION - FRAME_HEADER_BYTES)
  const opened = openMacroblocks()
  return opened ? opened : openDiffusion()
}

@inline function bandRows(my: i32): i32 {
  return min(16, height - my * 16)
}

function readBand(n: i32): void {
  if (hasAlpha && !bandIsOpaque(n)) flattenInvisible(n)
  convertBand(n)
}

/** First pass over the bands, top to bottom: what must be known of the whole picture before a macroblock is coded. */
export function survey(): void {
  charge(SURVEY_UNITS * columns)
  const n = bandRows(surveyed)
  if (!bandIsOpaque(n)) hasAlpha = true
  readBand(n)
  measureRow(surveyed)
  surveyed++
}

/** Decides what holds for the whole frame: quantiser index 0 to 127, a fraction of which
 * goes into the segments' indices. */
export function plan(quantiserIndex: f64): i32 {
  index = <i32>Math.round(quantiserIndex)
  chooseChromaDelta(chromaActivity())
  chooseSegments(quantiserIndex)
  chooseFilterLevels(index)
  chooseChromaLambda(flatShare())
  resetStatistics()
  buildCosts()
  return openTape()
}

/** Second pass over the same bands. */
export function encodeBand(): i32 {
  const my = encoded
  charge(MACROBLOCK_UNITS * columns)
  const status = startTapeRow(my)
  if (status) return status
  if (my) advanceReconstruction()
  readBand(bandRows(my))
  startRow()
  startDiffusionRow()
  for (let mx = 0; mx < columns; mx++) encodeMacroblock(mx, my)
  // Costs follow the statistics: at once while these are few, then every fourth row.
  if (my < 4 || (my & 3) == 3) {
    estimateProbabilities()
    buildCosts()
  }
  encoded++
  return OK
}

/** Frame tag, first partition, and the size of the first token partition. */
let head: usize = 0
let headBytes: usize = 0

/** Writes the frame: head, then the two token partitions. */
export function finish(): i32 {
  closeTape()
  charge(TOKEN_UNITS * tapeBytes())
  finalProbabilities()
  const status = writeHead()
  if (status) return status
  const coded = codeTokens()
  if (coded) return coded
  const sizes = head + headBytes - 3 // section 9.5
  store<u8>(sizes, <u8>partition0Bytes)
  store<u8>(sizes, <u8>(partition0Bytes >> 8), 1)
  store<u8>(sizes, <u8>(partition0Bytes >> 16), 2)
  return OK
}

function writeHead(): i32 {
  const macroblocks = <usize>columns * rows
  const most = min(macroblocks * MACROBLOCK_HEADER_BYTES, MAX_FIRST_PARTITION + <usize>columns * MACROBLOCK_HEADER_BYTES)
  head = allocate(FRAME_TAG_BYTES + FRAME_HEADER_BYTES + most)
  if (!head) return OUT_OF_MEMORY
  const first = head + FRAME_TAG_BYTES
  startCoder(HEADER_CODER, first)
  writeFrameHeader(index)
  if (!writeMacroblockHeaders(first, MAX_FIRST_PARTITION)) return FIRST_PARTITION_FULL
  const bytes = finishCoder(HEADER_CODER) - first
  if (bytes > MAX_FIRST_PARTITION) return FIRST_PARTITION_FULL
  writeFrameTag(bytes)
  headBytes = FRAME_TAG_BYTES + bytes + 3
  return OK
}

/** Section 9.1: key frame, version 0, shown; size of the first partition; start code; dimensions without scaling. */
function writeFrameTag(firstPartition: usize): void {
  const tag = 1 << 4 | <u32>firstPartition << 5
  store<u8>(head, <u8>tag)
  store<u8>(head, <u8>(tag >> 8), 1)
  store<u8>(head, <u8>(tag >> 16), 2)
  store<u8>(head, 0x9d, 3)
  store<u8>(head, 0x01, 4)
  store<u8>(head, 0x2a, 5)
  store<u16>(head, <u16>width, 6)
  store<u16>(head, <u16>height, 8)
}

/** The frame is three parts, to be joined in order. */
export function partAddress(i: i32): usize {
  return i == 0 ? head : i == 1 ? partition0 : partition1
}
export function partBytes(i: i32): usize {
  return i == 0 ? headBytes : i == 1 ? partition0Bytes : partition1Bytes
}
