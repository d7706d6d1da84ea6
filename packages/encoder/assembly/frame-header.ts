// The first partition up to the macroblocks (RFC 6386, sections 9.2 to 9.11 and 19.2).
import { putBit, putLiteral } from './bool-coder'
import { COEFFICIENT_UPDATE_PROBS, DEFAULT_COEFFICIENT_PROBS } from '../build/tables'
import { SEGMENT_FILTER, filterLevel } from './loop-filter'
import { chromaAcDelta } from './quantiser'
import { SEGMENTS, SEGMENT_INDEX, SEGMENT_PROBS, segmented } from './segmentation'
import { PROBS } from './statistics'
import { chromaDcDelta, filterSharpness, lumaDcDelta, y2AcDelta, y2DcDelta } from './tuning'

export function writeFrameHeader(index: i32): void {
  putLiteral(0, 1) // colour space: YUV as in BT.601
  putLiteral(0, 1) // pixel values need clamping
  putLiteral(segmented ? 1 : 0, 1)
  if (segmented) writeSegments()
  putLiteral(0, 1) // the normal filter
  putLiteral(filterLevel, 6)
  putLiteral(filterSharpness, 3)
  putLiteral(0, 1) // no filter adjustments by mode
  putLiteral(1, 2) // log2 of the number of token partitions
  putLiteral(index, 7)
  writeDelta(lumaDcDelta)
  writeDelta(y2DcDelta)
  writeDelta(y2AcDelta)
  writeDelta(chromaDcDelta)
  writeDelta(chromaAcDelta)
  putLiteral(0, 1) // probabilities hold for this frame only
  for (let i = 0; i < 1056; i++) {
    const p = load<u8>(PROBS + i), replaced = p != load<u8>(DEFAULT_COEFFICIENT_PROBS + i)
    putBit(replaced ? 1 : 0, load<u8>(COEFFICIENT_UPDATE_PROBS + i))
    if (replaced) putLiteral(p, 8)
  }
}

/** Section 9.3. */
function writeSegments(): void {
  putLiteral(1, 1) // the map follows
  putLiteral(1, 1) // and the data
  putLiteral(1, 1) // as absolute values
  for (let i = 0; i < SEGMENTS; i++) { putLiteral(1, 1); putLiteral(load<u8>(SEGMENT_INDEX + i), 7); putLiteral(0, 1) }
  for (let i = 0; i < SEGMENTS; i++) { putLiteral(1, 1); putLiteral(load<u8>(SEGMENT_FILTER + i), 6); putLiteral(0, 1) }
  for (let i = 0; i < 3; i++) {
    const p = load<u8>(SEGMENT_PROBS + i)
    putLiteral(p != 255 ? 1 : 0, 1)
    if (p != 255) putLiteral(p, 8)
  }
}

function writeDelta(v: i32): void {
  putLiteral(v != 0 ? 1 : 0, 1)
  if (v == 0) return
  putLiteral(abs(v), 4)
  putLiteral(v < 0 ? 1 : 0, 1)
}
