// Quantiser steps of the segments (RFC 6386, sections 9.6 and 14.1) with what rate-distortion decisions need beside them.
import { AC_QUANTISER, DC_QUANTISER } from '../build/tables'
import { trellis } from './effort'
import { chromaBusyAbove, chromaBusyPercent, chromaDcDelta, deadZone, lumaDcDelta, roundingDeadZone, secondCandidateMore, secondCandidateOne, y2AcDelta, y2DcDelta } from './tuning'

// A quantiser is four vectors of 16 i16 in zigzag order and two i32.
/** Steps. */
export const STEP: usize = 0
/** 32768 / step, for q15mulr. */
export const RECIPROCAL: usize = 32
/** What is taken off a coefficient before rounding. */
export const DEAD_ZONE: usize = 64
/** 3 * 32768 / step: thirds of a step index the table of the estimate. */
export const TRIPLE_RECIPROCAL: usize = 96
/** A level is also tried one lower when rounding added more than this: level 1, and levels above. */
export const LIMIT_ONE: usize = 128
export const LIMIT_MORE: usize = 132

const QUANTISER_BYTES: usize = 144
// Order within a segment.
export const Y1: usize = 0
export const Y2: usize = QUANTISER_BYTES
export const UV: usize = QUANTISER_BYTES * 2
const SEGMENT_BYTES: usize = QUANTISER_BYTES * 3

const QUANTISERS: usize = memory.data(4 * 432, 16)

@inline export function segmentQuantisers(segment: i32): usize {
  return QUANTISERS + <usize>segment * SEGMENT_BYTES
}

function fill(o: usize, dc: i32, ac: i32): void {
  const zone = trellis ? deadZone : roundingDeadZone
  store<i32>(o, ac * secondCandidateOne >> 8, LIMIT_ONE)
  store<i32>(o, ac * secondCandidateMore >> 8, LIMIT_MORE)
  for (let i = 0; i < 16; i++) {
    const q = i ? ac : dc
    const p = o + (i << 1)
    store<i16>(p, <i16>q, STEP)
    store<i16>(p, <i16>((32768 + (q >> 1)) / q), RECIPROCAL)
    store<i16>(p, <i16>(q * zone / 1000), DEAD_ZONE)
    store<i16>(p, <i16>((3 * 32768 + (q >> 1)) / q), TRIPLE_RECIPROCAL)
  }
}

@inline function clampIndex(i: i32): usize {
  return <usize>(i < 0 ? 0 : i > 127 ? 127 : i)
}

@inline export function acStep(index: i32): i32 {
  return <i32>load<u16>(AC_QUANTISER + (clampIndex(index) << 1))
}

@inline function dcStep(index: i32): i32 {
  return <i32>load<u8>(DC_QUANTISER + clampIndex(index))
}

/** The field of section 9.6 holds up to 15; beyond this hues suffer. */
const MAX_CHROMA_DELTA: i32 = 6
/** What is added to the index for chroma AC. */
export let chromaAcDelta: i32 = 0

/** From the mean activity of chroma. */
export function chooseChromaDelta(activity: f64): void {
  const delta = (activity - <f64>chromaBusyAbove) * <f64>chromaBusyPercent / 100
  chromaAcDelta = <i32>Math.round(Math.max(0, Math.min(<f64>MAX_CHROMA_DELTA, delta)))
}

/** Fills the three quantisers of a segment from its index, with the scalings and limits of section 14.1. */
export function setSegmentQuantiser(segment: i32, index: i32): void {
  const o = segmentQuantisers(segment)
  fill(o + Y1, dcStep(index + lumaDcDelta), acStep(index))
  fill(o + Y2, dcStep(index + y2DcDelta) * 2, max(8, acStep(index + y2AcDelta) * 155 / 100))
  fill(o + UV, min(132, dcStep(index + chromaDcDelta)), acStep(index + chromaAcDelta))
}
