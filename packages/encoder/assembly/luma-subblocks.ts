// Luma predicted as sixteen 4x4 subblocks, each from the reconstruction of those before it (RFC 6386, section 12.3).
import { charge } from '../../kernel/assembly/fuel'
import { absDiff, hsum16, store4x4 } from './block'
import { subblocksCost } from './cost'
import { candidateMargin, candidateSlack, subblockCandidates, subblockPrune, subblockPruneSlack } from './effort'
import { estimateSubblock, subblockLinearWeight } from './estimate'
import {
  LAST, LEFT_CODED, LEFT_MODES, LEVELS, SOURCE, TRIAL_ABOVE, TRIAL_LEFT, Y2_INDEX,
  aboveCoded, aboveModes, context, lambda, lumaAt, quantisers, sadModeWeight, setCoded, step,
} from './macroblock-state'
import { reconStride } from './picture'
import { STEP, Y1 } from './quantiser'
import { INFINITE, LUMA_WITH_DC, lastPosition, quantise } from './rdo-quantise'
import { predictSubblock } from './subblock-prediction'
import { SUBBLOCK_MODE_COST } from '../build/tables'
import { fdct, idctAdd } from './transform'
import { estimateModeWeight } from './tuning'

const PREDICTION: usize = memory.data(10 * 16, 16)
const COEFFICIENTS: usize = memory.data(10 * 32, 16)
const SADS: usize = memory.data(40, 16)
/** Fuel for each subblock: ten predictions, ranked. */
const SUBBLOCK_UNITS: i64 = 128

/** Result of searchSubblocks. */
const TRIAL_LEVELS: usize = memory.data(16 * 32, 16)
const TRIAL_LAST: usize = memory.data(16, 16)
const TRIAL_MODES: usize = memory.data(16, 16)
const CANDIDATE_LEVELS: usize = memory.data(32, 16)
/** Bits of the modes, in 1/256: of the trial, and of all that were taken. */
let trialModeBits: i64 = 0
export let subblockModeBits: i64 = 0

export function clearSubblockModes(): void {
  subblockModeBits = 0
}
/** The four best by estimate, ascending. */
const BEST: usize = memory.data(16, 16)
const BEST_MODE: usize = memory.data(16, 16)

@inline function modeCost(costs: usize, mode: i32): i32 {
  return <i32>load<u16>(costs + (mode << 1))
}

/**
 * Searches the subblocks in order, reconstructing as it goes. Returns J, or INFINITE as soon as it reaches `limit`
 * (the reconstruction then holds what was tried, to be overwritten).
 */
export function searchSubblocks(limit: i64): i64 {
  const r = lumaAt, s = reconStride
  store<u32>(TRIAL_ABOVE, load<u32>(aboveCoded))
  store<u32>(TRIAL_LEFT, load<u32>(LEFT_CODED))
  // The right-hand subblocks of all rows read the pixels above and to the right of the macroblock (section 12.3).
  const aboveRight = load<u32>(r - s + 16)
  store<u32>(r + s * 3 + 16, aboveRight)
  store<u32>(r + s * 7 + 16, aboveRight)
  store<u32>(r + s * 11 + 16, aboveRight)
  let j = lambda * <i64>subblocksCost()
  trialModeBits = subblocksCost()
  for (let b = 0; b < 16; b++) {
    charge(SUBBLOCK_UNITS)
    const bx = b & 3, by = b >> 2, at = r + s * (by << 2) + (bx << 2)
    const above = by ? <usize>load<u8>(TRIAL_MODES + b - 4) : <usize>load<u8>(aboveModes + bx)
    const left = bx ? <usize>load<u8>(TRIAL_MODES + b - 1) : <usize>load<u8>(LEFT_MODES + by)
    predictSubblock(at, s, PREDICTION)
    j += searchSubblock(b, at, SUBBLOCK_MODE_COST + (above * 10 + left) * 20)
    if (j >= limit) return INFINITE
  }
  return j
}

function searchSubblock(b: i32, at: usize, costs: usize): i64 {
  rankModes(v128.load(SOURCE + (b << 4)), costs)
  const above = TRIAL_ABOVE + (b & 3), left = TRIAL_LEFT + (b >> 2), ctx = context(above, left)
  const levels = TRIAL_LEVELS + (b << 5), best = load<i32>(BEST)
  const limit = best + candidateSlack + (best * candidateMargin >> 8)
  let bestJ = INFINITE, mode = 0, last = -1
  for (let k = 0; k < subblockCandidates; k++) {
    if (load<i32>(BEST + (k << 2)) > limit) break
    const m = load<i32>(BEST_MODE + (k << 2))
    const j = quantise(COEFFICIENTS + (m << 5), CANDIDATE_LEVELS, quantisers + Y1, LUMA_WITH_DC, 0, ctx, lambda) + lambda * <i64>modeCost(costs, m)
    if (j >= bestJ) continue
    bestJ = j
    mode = m
    last = lastPosition
    v128.store(levels, v128.load(CANDIDATE_LEVELS))
    v128.store(levels, v128.load(CANDIDATE_LEVELS, 16), 16)
  }
  trialModeBits += modeCost(costs, mode)
  store<u8>(TRIAL_MODES + b, <u8>mode)
  store<i8>(TRIAL_LAST + b, <i8>last)
  setCoded(above, left, last)
  let pixels = v128.load(PREDICTION + (mode << 4))
  if (last >= 0) pixels = idctAdd(i16x8.mul(v128.load(levels), v128.load(quantisers, STEP)), i16x8.mul(v128.load(levels, 16), v128.load(quantisers, STEP + 16)), pixels)
  store4x4(at, reconStride, pixels)
  return bestJ
}

/** BEST and BEST_MODE from the predictions; where pruning is on, modes of much larger absolute error are left out. */
function rankModes(source: v128, costs: usize): void {
  let cut = i32.MAX_VALUE
  if (subblockPrune) {
    for (let m = 0; m < 10; m++) {
      const v = hsum16(absDiff(source, v128.load(PREDICTION + (m << 4)))) + (modeCost(costs, m) * sadModeWeight >> 8)
      store<i32>(SADS + (m << 2), v)
      cut = min(v, cut)
    }
    cut += (cut * subblockPrune >> 8) + subblockPruneSlack
  }
  const weight = subblockLinearWeight(step)
  let s0 = i32.MAX_VALUE, s1 = s0, s2 = s0, s3 = s0, m0 = 0, m1 = 0, m2 = 0, m3 = 0
  for (let m = 0; m < 10; m++) {
    if (subblockPrune && load<i32>(SADS + (m << 2)) > cut) continue
    const c = COEFFICIENTS + (m << 5)
    fdct(source, v128.load(PREDICTION + (m << 4)), c)
    const v = estimateSubblock(c, quantisers + Y1, weight) + (modeCost(costs, m) * estimateModeWeight >> 8)
    if (v >= s3) continue
    if (v < s1) {
      s3 = s2; m3 = m2; s2 = s1; m2 = m1
      if (v < s0) { s1 = s0; m1 = m0; s0 = v; m0 = m } else { s1 = v; m1 = m }
    } else if (v < s2) { s3 = s2; m3 = m2; s2 = v; m2 = m } else { s3 = v; m3 = m }
  }
  v128.store(BEST, i32x4(s0, s1, s2, s3))
  v128.store(BEST_MODE, i32x4(m0, m1, m2, m3))
}

/** Takes the result of searchSubblocks, whose reconstruction stands; the modes also go to `out`. */
export function takeSubblocks(out: usize): void {
  subblockModeBits += trialModeBits
  v128.store(out, v128.load(TRIAL_MODES))
  v128.store(LAST, v128.load(TRIAL_LAST))
  store<i8>(LAST + Y2_INDEX, -1)
  memory.copy(LEVELS, TRIAL_LEVELS, 512)
  store<u32>(aboveModes, load<u32>(TRIAL_MODES + 12))
  for (let i = 0; i < 4; i++) store<u8>(LEFT_MODES + i, load<u8>(TRIAL_MODES + i * 4 + 3))
}
