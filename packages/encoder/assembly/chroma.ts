// Chroma of a macroblock: one mode for both planes (RFC 6386, section 12.2).
import { hsum, store4x4 } from './block'
import { diffuse, keepErrors, setError, startErrors } from './chroma-diffusion'
import { chromaModeCost } from './cost'
import { macroblockPrune } from './effort'
import { magnitude } from './estimate'
import {
  CHROMA_BLOCKS, CODED_CHROMA, LAST, LEFT_CODED, LEVELS, SOURCE, SOURCE_CHROMA, TRIAL_ABOVE, TRIAL_LEFT,
  aboveCoded, chromaLambda, context, hasAbove, hasLeft, quantisers, sadModeWeight, setCoded, uAt, vAt,
} from './macroblock-state'
import { predictMacroblock } from './macroblock-prediction'
import { reconChromaStride } from './picture'
import { STEP, UV } from './quantiser'
import { CHROMA_BLOCK, lastPosition, quantise } from './rdo-quantise'
import { fdct, idctAdd } from './transform'
import { chromaModePercent } from './tuning'

const PREDICTION: usize = memory.data(4 * 128, 16)
const COEFFICIENTS: usize = memory.data(4 * 256, 16)
const SECOND_LEVELS: usize = memory.data(8 * 32, 16)
const SECOND_LAST: usize = memory.data(8, 8)
/** Diffused errors after the first and after the second evaluation. */
const FIRST_ERRORS: usize = memory.data(16, 16)
const SECOND_ERRORS: usize = memory.data(16, 16)

/** Chooses, quantises and reconstructs; returns the mode (DC V H TM). */
export function encodeChroma(mx: i32): i32 {
  predictMacroblock(uAt, reconChromaStride, 2, PREDICTION, 128, hasAbove, hasLeft)
  predictMacroblock(vAt, reconChromaStride, 2, PREDICTION + 64, 128, hasAbove, hasLeft)
  let mode = 0, second = -1, best = i32.MAX_VALUE, next = best
  for (let m = 0; m < 4; m++) {
    const v = rank(m)
    if (v < best) { next = best; second = mode; best = v; mode = m }
    else if (v < next) { next = v; second = m }
  }
  const j = evaluate(mode, LEVELS + CHROMA_BLOCKS * 32, LAST + CHROMA_BLOCKS, FIRST_ERRORS, mx)
  let errors = FIRST_ERRORS
  if (macroblockPrune && next < best + (best * macroblockPrune >> 8) && evaluate(second, SECOND_LEVELS, SECOND_LAST, SECOND_ERRORS, mx) < j) {
    mode = second
    errors = SECOND_ERRORS
    memory.copy(LEVELS + CHROMA_BLOCKS * 32, SECOND_LEVELS, 256)
    store<u64>(LAST + CHROMA_BLOCKS, load<u64>(SECOND_LAST))
  }
  keepErrors(mx, errors)
  reconstruct(mode)
  return mode
}

/** Sum of absolute coefficients and the mode's weight. */
function rank(m: i32): i32 {
  let sum = i32x4.splat(0)
  for (let b = 0; b < 8; b++) {
    const c = COEFFICIENTS + (m << 8) + (b << 5)
    fdct(v128.load(SOURCE + SOURCE_CHROMA + (b << 4)), v128.load(PREDICTION + (m << 7) + (b << 4)), c)
    sum = i32x4.add(sum, magnitude(c))
  }
  return hsum(sum) + (chromaModeCost(m) * sadModeWeight * chromaModePercent / 100 >> 8)
}

/** Exact J of a mode. */
function evaluate(m: i32, levels: usize, last: usize, errors: usize, mx: i32): i64 {
  store<u32>(TRIAL_ABOVE, load<u32>(aboveCoded + CODED_CHROMA))
  store<u32>(TRIAL_LEFT, load<u32>(LEFT_CODED + CODED_CHROMA))
  const dcStep = <i32>load<i16>(quantisers + UV, STEP)
  startErrors(errors, mx)
  let j = chromaLambda * <i64>chromaModeCost(m)
  for (let b = 0; b < 8; b++) {
    const plane = (b >> 2) << 1, above = TRIAL_ABOVE + plane + (b & 1), left = TRIAL_LEFT + plane + ((b >> 1) & 1)
    const coefficients = COEFFICIENTS + (m << 8) + (b << 5)
    const target = diffuse(errors, b, load<i16>(coefficients))
    store<i16>(coefficients, <i16>target)
    j += quantise(coefficients, levels + (b << 5), quantisers + UV, CHROMA_BLOCK, 0, context(above, left), chromaLambda)
    store<i8>(last + b, <i8>lastPosition)
    setCoded(above, left, lastPosition)
    setError(errors, b, target - <i32>load<i16>(levels + (b << 5)) * dcStep)
  }
  return j
}

function reconstruct(mode: i32): void {
  const steps0 = v128.load(quantisers + UV, STEP), steps1 = v128.load(quantisers + UV, STEP + 16)
  for (let b: usize = 0; b < 8; b++) {
    const levels = LEVELS + ((CHROMA_BLOCKS + b) << 5)
    let pixels = v128.load(PREDICTION + (mode << 7) + (b << 4))
    if (load<i8>(LAST + CHROMA_BLOCKS + b) >= 0) pixels = idctAdd(i16x8.mul(v128.load(levels), steps0), i16x8.mul(v128.load(levels, 16), steps1), pixels)
    store4x4((b < 4 ? uAt : vAt) + reconChromaStride * (((b >> 1) & 1) << 2) + ((b & 1) << 2), reconChromaStride, pixels)
  }
}
