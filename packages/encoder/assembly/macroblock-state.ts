// What the searches of one macroblock share: its place, source blocks, neighbours, quantisers, and the levels that won.
import { gatherBlocks } from './block'
import { allocateZeroed } from './memory'
import { columns, reconChromaStride, reconStride, reconU, reconV, reconY, sourceChromaStride, sourceStride, sourceU, sourceV, sourceY } from './picture'
import { STEP, segmentQuantisers } from './quantiser'
import { OK, OUT_OF_MEMORY } from './status'
import { chromaLambdaFlatPercent, chromaLambdaPercent, lambdaScale, sadModePercent } from './tuning'

/** Source in block order: 16 luma blocks, 4 of U, 4 of V. */
export const SOURCE: usize = memory.data(384, 16)
export const SOURCE_CHROMA: usize = 256

/** Chosen levels and last positions of 16 luma blocks, 8 chroma blocks, and Y2. */
export const LEVELS: usize = memory.data(25 * 32, 16)
export const LAST: usize = memory.data(32, 16)
export const CHROMA_BLOCKS: usize = 16
export const Y2_INDEX: usize = 24

// Contexts: whether the neighbouring block has levels. 4 luma, 2 of U, 2 of V, Y2 at 8.
export const LEFT_CODED: usize = memory.data(16, 16)
let aboveCodedRow: usize = 0
export let aboveCoded: usize = 0
export const CODED_CHROMA: usize = 4
export const CODED_Y2: usize = 8
/** Copies that a search updates as it goes. */
export const TRIAL_ABOVE: usize = memory.data(16, 16)
export const TRIAL_LEFT: usize = memory.data(16, 16)

/** Subblock modes of the neighbours (RFC 6386, section 11.3). */
export const LEFT_MODES: usize = memory.data(4, 4)
let aboveModesRow: usize = 0
export let aboveModes: usize = 0

export let hasAbove: bool = false
export let hasLeft: bool = false
/** The macroblock's place in the reconstruction. */
export let lumaAt: usize = 0
export let uAt: usize = 0
export let vAt: usize = 0

/** Quantisers of its segment, and what follows from their AC step. */
export let quantisers: usize = 0
export let step: i32 = 0
export let lambda: i64 = 0
export let chromaLambda: i64 = 0
export let sadModeWeight: i32 = 0

/** Percentage of lambda that chroma pays in this frame. */
let chromaPercent: i32 = 0

/** From the share of flat macroblocks. */
export function chooseChromaLambda(flatShare: f64): void {
  chromaPercent = chromaLambdaPercent + <i32>Math.round(<f64>chromaLambdaFlatPercent * flatShare)
}

export function openMacroblocks(): i32 {
  aboveCodedRow = allocateZeroed(<usize>columns * 16)
  aboveModesRow = allocateZeroed(<usize>columns * 4)
  return aboveCodedRow && aboveModesRow ? OK : OUT_OF_MEMORY
}

export function clearAboveModes(): void {
  memory.fill(aboveModesRow, 0, <usize>columns * 4)
}

export function startRow(): void {
  v128.store(LEFT_CODED, i8x16.splat(0))
  store<u32>(LEFT_MODES, 0)
}

export function neighbourModes(mx: i32): void {
  aboveModes = aboveModesRow + (<usize>mx << 2)
}

export function enterMacroblock(mx: i32, my: i32, segment: i32): void {
  hasAbove = my > 0
  hasLeft = mx > 0
  aboveCoded = aboveCodedRow + (<usize>mx << 4)
  neighbourModes(mx)
  lumaAt = reconY + (<usize>mx << 4)
  uAt = reconU + (<usize>mx << 3)
  vAt = reconV + (<usize>mx << 3)
  gatherBlocks(sourceY + (<usize>mx << 4), sourceStride, 4, SOURCE)
  gatherBlocks(sourceU + (<usize>mx << 3), sourceChromaStride, 2, SOURCE + 256)
  gatherBlocks(sourceV + (<usize>mx << 3), sourceChromaStride, 2, SOURCE + 320)
  quantisers = segmentQuantisers(segment)
  step = <i32>load<i16>(quantisers, STEP + 2)
  lambda = <i64>(lambdaScale * step * step * 8 / 1000)
  chromaLambda = lambda * chromaPercent / 100
  sadModeWeight = step * sadModePercent / 100
}

/** Context of a block among `TRIAL_*`: how many of its two neighbours have levels. */
@inline export function context(above: usize, left: usize): i32 {
  return <i32>load<u8>(above) + <i32>load<u8>(left)
}

@inline export function setCoded(above: usize, left: usize, last: i32): void {
  const coded: u8 = last >= 0 ? 1 : 0
  store<u8>(above, coded)
  store<u8>(left, coded)
}

/** The subblock mode that a 16x16 mode counts as in its neighbours' contexts (section 11.3), four times. */
@inline export function impliedSubblockModes(mode: i32): u32 {
  return mode == 0 ? 0 : mode == 1 ? 0x02020202 : mode == 2 ? 0x03030303 : 0x01010101
}
