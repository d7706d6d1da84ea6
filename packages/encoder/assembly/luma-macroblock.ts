// Luma predicted as one 16x16 block: the choice of mode and its exact cost (RFC 6386, section 12.2).
import { absDiff, hsum, hsum16, store4x4 } from './block'
import { lumaModeCost } from './cost'
import { macroblockPrune, pruneSlack } from './effort'
import { estimateBlock, linearWeight } from './estimate'
import {
  CODED_Y2, LAST, LEFT_CODED, LEFT_MODES, LEVELS, SOURCE, TRIAL_ABOVE, TRIAL_LEFT, Y2_INDEX,
  aboveCoded, aboveModes, context, hasAbove, hasLeft, impliedSubblockModes, lambda, lumaAt, quantisers, setCoded, step,
} from './macroblock-state'
import { predictMacroblock } from './macroblock-prediction'
import { reconStride } from './picture'
import { STEP, Y1, Y2 } from './quantiser'
import { J_SHIFT, LUMA_AFTER_Y2, Y2_BLOCK, lastPosition, quantise } from './rdo-quantise'
import { fdct, idctAdd } from './transform'
import { estimateModeWeight, estimatePercent } from './tuning'
import { LUMA_DC, forwardWht, inverseWht } from './walsh-hadamard'

const PREDICTION: usize = memory.data(4 * 256, 16)
const COEFFICIENTS: usize = memory.data(4 * 512, 16)
const Y2_COEFFICIENTS: usize = memory.data(4 * 32, 16)
const SADS: usize = memory.data(16, 16)
// Result of evaluateMacroblock: 16 blocks and Y2.
const TRIAL_LEVELS: usize = memory.data(17 * 32, 16)
const TRIAL_LAST: usize = memory.data(32, 16)

/** Best mode by estimate, and the estimate in q^2 / 256. */
export let macroblockMode: i32 = 0
export let macroblockEstimate: i32 = 0

/** Ranks the four modes by estimate, those first dropped whose absolute error is far from the best. */
export function rankMacroblockModes(): void {
  predictMacroblock(lumaAt, reconStride, 4, PREDICTION, 256, hasAbove, hasLeft)
  let least = i32.MAX_VALUE
  for (let m = 0; m < 4; m++) {
    let sad = i16x8.splat(0)
    for (let b: usize = 0; b < 256; b += 16) sad = i16x8.add(sad, absDiff(v128.load(SOURCE + b), v128.load(PREDICTION + (m << 8) + b)))
    const v = hsum16(sad)
    store<i32>(SADS + (m << 2), v)
    least = min(least, v)
  }
  const cut = least + (least * macroblockPrune >> 8) + pruneSlack
  macroblockEstimate = i32.MAX_VALUE
  for (let m = 0; m < 4; m++) {
    if (load<i32>(SADS + (m << 2)) > cut) continue
    const v = estimateMode(m)
    if (v < macroblockEstimate) { macroblockEstimate = v; macroblockMode = m }
  }
}

function estimateMode(m: i32): i32 {
  const coefficients = COEFFICIENTS + (m << 9), prediction = PREDICTION + (m << 8), weight = linearWeight(step)
  let sum = i32x4.splat(0)
  for (let b: usize = 0; b < 16; b++) {
    const c = coefficients + (b << 5)
    fdct(v128.load(SOURCE + (b << 4)), v128.load(prediction + (b << 4)), c)
    sum = i32x4.add(sum, estimateBlock(i16x8.replace_lane(i16x8.abs(v128.load(c)), 0, 0), i16x8.abs(v128.load(c, 16)), quantisers + Y1, weight))
  }
  const y2 = Y2_COEFFICIENTS + (m << 5)
  forwardWht(coefficients, y2)
  const y2Weight = linearWeight(<i32>load<i16>(quantisers + Y2, STEP + 2))
  const second = hsum(estimateBlock(i16x8.abs(v128.load(y2)), i16x8.abs(v128.load(y2, 16)), quantisers + Y2, y2Weight)) >> 8
  // The Y2 step is 1.55 times the AC step and the transform is not normalised: 154 / 256 brings both to one scale.
  return (hsum(sum) >> 8) + (second * 154 >> 8) + (lumaModeCost(m) * estimateModeWeight >> 8)
}

/** The estimate as a J. */
export function estimatedMacroblockCost(): i64 {
  return ((<i64>macroblockEstimate * (<i64>step * step)) << J_SHIFT) * estimatePercent / 25600
}

/** Exact J of the best mode; gives up once it reaches `limit`. */
export function evaluateMacroblock(limit: i64): i64 {
  const coefficients = COEFFICIENTS + (macroblockMode << 9)
  const y2Context = context(aboveCoded + CODED_Y2, LEFT_CODED + CODED_Y2)
  // Errors in Y2 count a quarter: its transform has a gain of two.
  let j = quantise(Y2_COEFFICIENTS + (macroblockMode << 5), TRIAL_LEVELS + 512, quantisers + Y2, Y2_BLOCK, 0, y2Context, lambda * 4) >> 2
  store<i8>(TRIAL_LAST + 16, <i8>lastPosition)
  store<u32>(TRIAL_ABOVE, load<u32>(aboveCoded))
  store<u32>(TRIAL_LEFT, load<u32>(LEFT_CODED))
  for (let b = 0; b < 16; b++) {
    const above = TRIAL_ABOVE + (b & 3), left = TRIAL_LEFT + (b >> 2)
    if (j >= limit) return j
    j += quantise(coefficients + (b << 5), TRIAL_LEVELS + (b << 5), quantisers + Y1, LUMA_AFTER_Y2, 1, context(above, left), lambda)
    store<i8>(TRIAL_LAST + b, <i8>lastPosition)
    setCoded(above, left, lastPosition)
  }
  return j + lambda * <i64>lumaModeCost(macroblockMode)
}

/** Takes the result of evaluateMacroblock and reconstructs. */
export function takeMacroblock(): void {
  const implied = impliedSubblockModes(macroblockMode)
  store<u32>(aboveModes, implied)
  store<u32>(LEFT_MODES, implied)
  memory.copy(LEVELS, TRIAL_LEVELS, 512)
  memory.copy(LEVELS + Y2_INDEX * 32, TRIAL_LEVELS + 512, 32)
  v128.store(LAST, v128.load(TRIAL_LAST))
  const y2Last = load<i8>(TRIAL_LAST + 16)
  store<i8>(LAST + Y2_INDEX, y2Last)
  if (y2Last >= 0) inverseWht(TRIAL_LEVELS + 512, quantisers + Y2)
  else memory.fill(LUMA_DC, 0, 32)
  const steps0 = v128.load(quantisers + Y1, STEP), steps1 = v128.load(quantisers + Y1, STEP + 16)
  for (let b = 0; b < 16; b++) {
    const levels = TRIAL_LEVELS + (b << 5), dc = load<i16>(LUMA_DC + (b << 1))
    let pixels = v128.load(PREDICTION + (macroblockMode << 8) + (b << 4))
    if (dc != 0 || load<i8>(TRIAL_LAST + b) >= 0) {
      pixels = idctAdd(i16x8.replace_lane(i16x8.mul(v128.load(levels), steps0), 0, dc), i16x8.mul(v128.load(levels, 16), steps1), pixels)
    }
    store4x4(lumaAt + reconStride * ((b >> 2) << 2) + ((b & 3) << 2), reconStride, pixels)
  }
}
