// One macroblock: prediction modes and levels that minimise J, its reconstruction, and what goes to the bitstream.
import { encodeChroma } from './chroma'
import { evaluateMacroblock, estimatedMacroblockCost, macroblockEstimate, macroblockMode, rankMacroblockModes, takeMacroblock } from './luma-macroblock'
import { clearSubblockModes, searchSubblocks, subblockModeBits, takeSubblocks } from './luma-subblocks'
import { enterMacroblock } from './macroblock-state'
import { BY_SUBBLOCKS, CHROMA_MODE, LUMA_MODE, SKIPPED, SUBBLOCK_MODES, columns, modesOf, rows } from './picture'
import { INFINITE } from './rdo-quantise'
import { appendResidual } from './residual'
import { segmentOf } from './segmentation'
import { subblocksFirstAbove } from './tuning'

/** What the header of a macroblock takes at most without subblock modes, in bits: a segment, a skip flag, two modes. */
const HEADER_BITS: i64 = 11
/** What subblock modes may take in 1/256 bits. All that a picture of less than some 20 megapixels can ask for. */
let modeBitsLeft: i64 = 0

/** @param bytes that the headers of all macroblocks may take */
export function startMacroblocks(bytes: usize): void {
  clearSubblockModes()
  modeBitsLeft = (<i64>bytes * 8 - HEADER_BITS * columns * rows) * 256
}

export function encodeMacroblock(mx: i32, my: i32): void {
  const record = modesOf(mx, my)
  enterMacroblock(mx, my, segmentOf(mx, my))
  const bySubblocks = subblocksAreBetter()
  if (bySubblocks) takeSubblocks(record + SUBBLOCK_MODES)
  else takeMacroblock()
  store<u8>(record, <u8>(bySubblocks ? BY_SUBBLOCKS : macroblockMode), LUMA_MODE)
  store<u8>(record, <u8>encodeChroma(mx), CHROMA_MODE)
  store<u8>(record, appendResidual(bySubblocks) ? 0 : 1, SKIPPED)
}

/** Exact costs of both ways, the likely winner first, so that the other one can be given up early. */
function subblocksAreBetter(): bool {
  rankMacroblockModes()
  if (subblockModeBits > modeBitsLeft) {
    evaluateMacroblock(INFINITE)
    return false
  }
  if (macroblockEstimate <= subblocksFirstAbove) return searchSubblocks(evaluateMacroblock(INFINITE)) < INFINITE
  const j = searchSubblocks(INFINITE)
  return estimatedMacroblockCost() >= j || evaluateMacroblock(j) >= j
}
