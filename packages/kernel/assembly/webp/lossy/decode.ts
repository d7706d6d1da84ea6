// A lossy picture (RFC 6386) as rows, top to bottom.
import { Code } from '../../codes'
import { charge } from '../../fuel'
import { alloc } from '../../memory'
import { openColour, writeRow } from './colour'
import { frameHeight, frameWidth, modes, readFrameHeader, tokensOfRow } from './frame-header'
import { filterMacroblock } from './loop-filter'
import { beginMacroblockRow, drawMacroblock, openMacroblocks, readCoefficients } from './macroblock'
import { beginModeRow, bySubblocks, openModes, readModes, segment } from './modes'
import { FilterKind, filterKind, strengthOf } from './segments'
import { keepLastRows, keepPredictors, openStrip, plane, rowOf } from './strip'

/**
 * The last rows of a row of macroblocks have to wait: the loop filter goes three rows back, and chroma, which
 * is filtered as far, is interpolated from the next row too.
 */
const DELAY = 7
/** Set in a macroblock's strength when its inner edges are filtered as well. */
const WITHIN: u32 = 1 << 31

let wide: i32 = 0, high: i32 = 0
/** Macroblock rows decoded; the next row of the picture, and how many are ready. */
let decoded: i32 = 0, y: i32 = 0, ready: i32 = 0
/** Of each macroblock of the row in hand. */
let strengths: usize = 0
/** Why the last row could not be read. */
let failure: Code = Code.Ok

/** Begins with the frame whose tag was read, and which ends at `end`. */
export function openLossy(end: usize): Code {
  wide = (frameWidth + 15) >> 4
  high = (frameHeight + 15) >> 4
  decoded = 0
  y = 0
  ready = 0
  strengths = alloc(<u64>wide << 2)
  const allocated = strengths
    && openStrip(wide) && openModes(wide) && openMacroblocks(wide) && openColour(wide << 3)
  return allocated ? readFrameHeader(end) : Code.OutOfMemory
}

/** Writes the next row; as much as 15 pixels more. False when it can not be had. */
export function nextLossyRow(rgba: usize): bool {
  while (y >= ready) {
    failure = decodeMacroblockRow()
    if (failure) return false
  }
  const luma = plane(0), u = plane(1), v = plane(2)
  const top = (decoded - 1) << 3, last = ((frameHeight + 1) >> 1) - 1
  const near = y >> 1, far = max(0, min(last, y & 1 ? near + 1 : near - 1))
  writeRow(
    rowOf(luma, y - (top << 1)), rowOf(u, near - top), rowOf(u, far - top), rowOf(v, near - top),
    rowOf(v, far - top), frameWidth, rgba)
  y++
  return true
}

export function lossyError(): Code { return failure }

function decodeMacroblockRow(): Code {
  charge(<i64>wide << 10)
  if (decoded) keepLastRows()
  const d = tokensOfRow(decoded)
  beginModeRow()
  beginMacroblockRow()
  for (let x = 0; x < wide; x++) {
    readModes(x)
    const any = readCoefficients(d, x)
    if (d.exhausted) return Code.Truncated
    drawMacroblock(x, decoded > 0, any)
    const within = any || bySubblocks
    store<u32>(strengths + (<usize>x << 2), strengthOf(segment, bySubblocks) | (within ? WITHIN : 0))
  }
  if (modes.exhausted) return Code.Truncated
  keepPredictors()
  if (filterKind != FilterKind.None) {
    for (let x = 0; x < wide; x++) {
      const strength = load<u32>(strengths + (<usize>x << 2))
      filterMacroblock(x, decoded > 0, strength & ~WITHIN, (strength & WITHIN) != 0)
    }
  }
  decoded++
  ready = decoded == high ? frameHeight : (decoded << 4) - DELAY
  return Code.Ok
}
