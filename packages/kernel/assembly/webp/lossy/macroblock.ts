// One macroblock from its modes and coefficients to pixels (RFC 6386, 13.3, 14, 12).
import { allocZeroed } from '../../memory'
import { BoolDecoder } from './bool-decoder'
import { COEFFICIENT_PROBS } from './frame-header'
import { SUB_MODES, SubMode, bySubblocks, chromaMode, lumaMode, segment, skipped } from './modes'
import { predictMacroblock } from './predict-macroblock'
import { predictSubblock } from './predict-subblock'
import { Steps, stepsOf } from './segments'
import { Plane, plane } from './strip'
import { readBlock } from './tokens'
import { BLOCK_BYTES, COEFFICIENTS, SECOND_BLOCK, addBlock, addFlat, spreadSecond } from './transform'

const LUMA_AFTER_SECOND: usize = 0, SECOND: usize = 1, CHROMA: usize = 2, LUMA_WITH_DC: usize = 3
const TYPE_BYTES: usize = 8 * 3 * 11
const CHROMA_BLOCKS: usize = 16

/**
 * Whether the last block of each place had tokens: four of luma, two of U, two of V, and the second; above
 * for each macroblock, and to the left.
 */
let above: usize = 0
const LEFT: usize = memory.data(16, 16)
const FLAGS_BYTES: usize = 16
const U_FLAGS: usize = 4, V_FLAGS: usize = 6, SECOND_FLAG: usize = 8

/** After the last token of each block. */
const ENDS: usize = memory.data(32, 16)

export function openMacroblocks(macroblocksWide: i32): bool {
  above = allocZeroed(<u64>macroblocksWide * FLAGS_BYTES)
  return above != 0
}

export function beginMacroblockRow(): void { memory.fill(LEFT, 0, FLAGS_BYTES) }

/** True when there were tokens. */
export function readCoefficients(d: BoolDecoder, x: usize): bool {
  const top = above + x * FLAGS_BYTES
  if (skipped) {
    store<u64>(top, 0)
    store<u64>(LEFT, 0)
    if (bySubblocks) return false
    store<u8>(top, 0, SECOND_FLAG)
    store<u8>(LEFT, 0, SECOND_FLAG)
    return false
  }
  const steps = stepsOf(segment)
  let first = 0, type = LUMA_WITH_DC
  if (!bySubblocks) {
    readSecond(d, top, steps)
    first = 1
    type = LUMA_AFTER_SECOND
  }
  let any = false
  for (let b: usize = 0; b < 16; b++) {
    any = read(d, type, b, first, steps.lumaDC, steps.lumaAC, top + (b & 3), LEFT + (b >> 2)) || any
  }
  for (let b: usize = 0; b < 8; b++) {
    const flags = (b & 4 ? V_FLAGS : U_FLAGS)
    const a = top + flags + (b & 1), l = LEFT + flags + (b >> 1 & 1)
    any = read(d, CHROMA, CHROMA_BLOCKS + b, 0, steps.chromaDC, steps.chromaAC, a, l) || any
  }
  return any
}

// @ts-ignore: decorator
@inline function probsOf(type: usize): usize { return COEFFICIENT_PROBS + type * TYPE_BYTES }

/** True when the block has coefficients. */
function read(
  d: BoolDecoder, type: usize, block: usize, first: i32, dcStep: i32, acStep: i32, a: usize, l: usize,
): bool {
  const to = COEFFICIENTS + block * BLOCK_BYTES
  const end = readBlock(d, probsOf(type), load<u8>(a) + load<u8>(l), first, dcStep, acStep, to)
  store<u8>(a, u8(end > first))
  store<u8>(l, u8(end > first))
  store<u8>(ENDS + block, <u8>end)
  return end > first || load<u16>(to) != 0
}

function readSecond(d: BoolDecoder, top: usize, steps: Steps): void {
  const to = COEFFICIENTS + SECOND_BLOCK * BLOCK_BYTES, a = top + SECOND_FLAG, l = LEFT + SECOND_FLAG
  const end = readBlock(d, probsOf(SECOND), load<u8>(a) + load<u8>(l), 0, steps.secondDC, steps.secondAC, to)
  store<u8>(a, u8(end > 0))
  store<u8>(l, u8(end > 0))
  spreadSecond()
}

/** Predicts and adds what the coefficients say, which are zero then. */
export function drawMacroblock(x: usize, hasAbove: bool, any: bool): void {
  const luma = plane(0), to = luma.start + (x << 4), top = luma.above + (x << 4)
  if (bySubblocks) drawSubblocks(to, luma.stride, top, any)
  else {
    predictMacroblock(lumaMode, to, luma, top, hasAbove, x > 0)
    if (any) addBlocks(0, 4, to, luma.stride)
  }
  drawChroma(plane(1), CHROMA_BLOCKS, x, hasAbove, any)
  drawChroma(plane(2), CHROMA_BLOCKS + 4, x, hasAbove, any)
}

function drawChroma(p: Plane, block: usize, x: usize, hasAbove: bool, any: bool): void {
  const to = p.start + (x << 3)
  predictMacroblock(chromaMode, to, p, p.above + (x << 3), hasAbove, x > 0)
  if (any) addBlocks(block, 2, to, p.stride)
}

/** A square of n x n blocks. */
function addBlocks(block: usize, n: usize, to: usize, stride: usize): void {
  for (let y: usize = 0; y < n; y++) for (let x: usize = 0; x < n; x++, block++) {
    const end = load<u8>(ENDS + block), coefficients = COEFFICIENTS + block * BLOCK_BYTES
    if (end <= 1 && load<u16>(coefficients) == 0) continue
    const p = to + y * 4 * stride + (x << 2)
    let v = v128.load32_zero(p)
    v = v128.load32_lane(p + stride, v, 1)
    v = v128.load32_lane(p + 2 * stride, v, 2)
    v = v128.load32_lane(p + 3 * stride, v, 3)
    put(p, stride, add(coefficients, end, v))
  }
}

// @ts-ignore: decorator
@inline function add(coefficients: usize, end: i32, prediction: v128): v128 {
  const sum = end > 1 ? addBlock(coefficients, prediction) : addFlat(load<i16>(coefficients), prediction)
  v128.store(coefficients, i64x2.splat(0))
  v128.store(coefficients, i64x2.splat(0), 16)
  return sum
}

// @ts-ignore: decorator
@inline function put(to: usize, stride: usize, rows: v128): void {
  v128.store32_lane(to, rows, 0)
  v128.store32_lane(to + stride, rows, 1)
  v128.store32_lane(to + 2 * stride, rows, 2)
  v128.store32_lane(to + 3 * stride, rows, 3)
}

/**
 * Each is predicted from those before it. The pixels to the right of the macroblock above serve its last
 * column.
 */
function drawSubblocks(to: usize, stride: usize, top: usize, any: bool): void {
  for (let b: usize = 0; b < 16; b++) {
    const column = b & 3, p = to + (b >> 2) * 4 * stride + (column << 2)
    const row = b < 4 ? top + (column << 2) : p - stride
    const right = column == 3 ? top + 16 : row + 4
    let v = predictSubblock(<SubMode>load<u8>(SUB_MODES + b), p, stride, row, right)
    const end = load<u8>(ENDS + b), coefficients = COEFFICIENTS + b * BLOCK_BYTES
    if (any && (end > 1 || load<u16>(coefficients) != 0)) v = add(coefficients, end, v)
    put(p, stride, v)
  }
}
