// The coded blocks of a macroblock in the order of the bitstream (RFC 6386, section 13), counted and put on the tape.
import { countBlock } from './statistics'
import {
  CHROMA_BLOCKS, CODED_CHROMA, CODED_Y2, LAST, LEFT_CODED, LEVELS, Y2_INDEX, aboveCoded, context, setCoded,
} from './macroblock-state'
import { CHROMA_BLOCK, LUMA_AFTER_Y2, LUMA_WITH_DC, Y2_BLOCK } from './rdo-quantise'
import { appendBlock } from './tape'

/** Returns whether there is anything to code; if not, the macroblock is skipped and leaves the tape as it was. */
export function appendResidual(bySubblocks: bool): bool {
  if (!hasLevels()) {
    // Contexts of a skipped macroblock are cleared, that of Y2 only where it has one.
    store<u64>(aboveCoded, 0)
    store<u64>(LEFT_CODED, 0)
    if (!bySubblocks) setCoded(aboveCoded + CODED_Y2, LEFT_CODED + CODED_Y2, -1)
    return false
  }
  if (!bySubblocks) append(Y2_INDEX, Y2_BLOCK, 0, aboveCoded + CODED_Y2, LEFT_CODED + CODED_Y2)
  const type = bySubblocks ? LUMA_WITH_DC : LUMA_AFTER_Y2, first = bySubblocks ? 0 : 1
  for (let b: usize = 0; b < 16; b++) append(b, type, first, aboveCoded + (b & 3), LEFT_CODED + (b >> 2))
  for (let b: usize = 0; b < 8; b++) {
    const plane = CODED_CHROMA + ((b >> 2) << 1)
    append(CHROMA_BLOCKS + b, CHROMA_BLOCK, 0, aboveCoded + plane + (b & 1), LEFT_CODED + plane + ((b >> 1) & 1))
  }
  return true
}

function hasLevels(): bool {
  // Bytes of LAST are -1 where a block has none; the sign bits of the 25 are gathered.
  return i8x16.bitmask(v128.load(LAST)) != 0xffff || (i8x16.bitmask(v128.load(LAST, 16)) & 0x1ff) != 0x1ff
}

@inline function append(block: usize, type: i32, first: i32, above: usize, left: usize): void {
  const levels = LEVELS + (block << 5), last = <i32>load<i8>(LAST + block), ctx = context(above, left)
  countBlock(levels, last, type, first, ctx)
  appendBlock(levels, last, first, ctx)
  setCoded(above, left, last)
}
