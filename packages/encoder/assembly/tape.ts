// The levels of the whole picture, kept until the token probabilities are known.
//
// Probabilities stand in the header, before the first token, and follow from all tokens: coding with a running estimate
// instead would cost 1 to 2 % of the bytes. One byte a level (three where it exceeds 127) and one a block is a third
// of what a list of coded bits would take.
import { allocate, claim, freeAddress, reserve } from './memory'
import { columns, rows } from './picture'
import { OK, OUT_OF_MEMORY } from './status'

/** Marks a level that does not fit a byte: its 16 bits follow. */
export const ESCAPE: i32 = -128
/** Most that one macroblock can take: 25 blocks of one byte and 16 escaped levels. */
const MACROBLOCK_LIMIT: usize = 25 * 49

/** Address of each row's first block; one more at the end. */
let rowStarts: usize = 0
let start: usize = 0
let end: usize = 0

export function openTape(): i32 {
  rowStarts = allocate(<usize>(rows + 1) << 2)
  if (!rowStarts) return OUT_OF_MEMORY
  start = freeAddress()
  end = start
  return OK
}

/** Makes room for a row. */
export function startTapeRow(my: i32): i32 {
  store<u32>(rowStarts + (<usize>my << 2), <u32>end)
  return reserve(end + <usize>columns * MACROBLOCK_LIMIT) ? OK : OUT_OF_MEMORY
}

export function closeTape(): void {
  claim(end)
}

export function tapeBytes(): usize {
  return end - start
}

@inline export function tapeRow(my: i32): usize {
  return <usize>load<u32>(rowStarts + (<usize>my << 2))
}

/** Header byte: last position + 1 in the low five bits, context above them. */
@inline export function appendBlock(levels: usize, last: i32, first: i32, context: i32): void {
  store<u8>(end, <u8>(last + 1 | context << 5))
  end++
  if (last < 0) return
  const lo = v128.load(levels + (first << 1)), hi = v128.load(levels + (first << 1), 16)
  const wide = v128.any_true(v128.or(i16x8.gt_s(i16x8.abs(v128.load(levels)), i16x8.splat(127)), i16x8.gt_s(i16x8.abs(v128.load(levels, 16)), i16x8.splat(127))))
  if (wide) return appendWide(levels, last, first)
  v128.store(end, i8x16.narrow_i16x8_s(lo, hi))
  end += last + 1 - first
}

function appendWide(levels: usize, last: i32, first: i32): void {
  for (let n = first; n <= last; n++) {
    const v = load<i16>(levels + (n << 1))
    if (v > 127 || v < -127) {
      store<i8>(end, <i8>ESCAPE)
      store<i16>(end, v, 1)
      end += 3
    } else {
      store<i8>(end, <i8>v)
      end++
    }
  }
}
