// Segments (RFC 6386, 9.3, 9.6): each may have its own quantiser steps (14.1) and loop filter strength
// (15.2).
import { AC_QUANTISER, DC_QUANTISER } from '../../../build/rfc6386'
import { BoolDecoder } from './bool-decoder'

const MOST: usize = 4
const MOST_INDEX = 127
/** The DC step of chroma does not grow above this index, where it is 132. */
const MOST_CHROMA_INDEX = 117
const MOST_LEVEL = 63

// @ts-ignore: decorator
@unmanaged export class Steps {
  lumaDC: i32
  lumaAC: i32
  /** Of the block of luma DCs. */
  secondDC: i32
  secondAC: i32
  chromaDC: i32
  chromaAC: i32
}

const STEPS: usize = memory.data(24 * 4, 16)
/**
 * Per segment: strength for macroblocks that are predicted whole, and for those by subblocks; see
 * loop-filter.ts.
 */
const STRENGTHS: usize = memory.data(8 * 4, 16)
const TREE_PROBS: usize = memory.data(3)

let segmented: bool = false, mapped: bool = false, absolute: bool = false
const INDICES: usize = memory.data(4 * 4, 16)
const LEVELS: usize = memory.data(4 * 4, 16)

export enum FilterKind { None, Simple, Normal }
export let filterKind: FilterKind = FilterKind.None

export function readSegments(d: BoolDecoder): void {
  segmented = d.bit(128) != 0
  mapped = false
  absolute = true
  memory.fill(INDICES, 0, MOST * 4)
  memory.fill(LEVELS, 0, MOST * 4)
  if (!segmented) return
  mapped = d.bit(128) != 0
  if (d.bit(128)) {
    absolute = d.bit(128) != 0
    for (let i: usize = 0; i < MOST; i++) store<i32>(INDICES + (i << 2), d.optional(7))
    for (let i: usize = 0; i < MOST; i++) store<i32>(LEVELS + (i << 2), d.optional(6))
  }
  if (!mapped) return
  for (let i: usize = 0; i < 3; i++) store<u8>(TREE_PROBS + i, d.bit(128) ? <u8>d.literal(8) : 255)
}

/** Section 10. Without a map all macroblocks are of the first segment. */
export function readSegment(d: BoolDecoder): i32 {
  if (!mapped) return 0
  return d.bit(load<u8>(TREE_PROBS)) ? 2 + d.bit(load<u8>(TREE_PROBS, 2)) : d.bit(load<u8>(TREE_PROBS, 1))
}

/** 9.6: all there is about the loop filter; the strengths that come of it. */
export function readFilter(d: BoolDecoder): void {
  const simple = d.bit(128)
  const level = d.literal(6), sharpness = d.literal(3)
  let forKeyFrame = 0, forSubblocks = 0
  if (d.bit(128) && d.bit(128)) {
    forKeyFrame = d.optional(6)
    for (let i = 1; i < 4; i++) d.optional(6)
    forSubblocks = d.optional(6)
    for (let i = 1; i < 4; i++) d.optional(6)
  }
  filterKind = level == 0 ? FilterKind.None : simple ? FilterKind.Simple : FilterKind.Normal
  for (let i: usize = 0; i < MOST; i++) {
    const own = load<i32>(LEVELS + (i << 2))
    const base = (segmented ? (absolute ? own : level + own) : level) + forKeyFrame
    store<u32>(STRENGTHS + (i << 3), strength(base, sharpness))
    store<u32>(STRENGTHS + (i << 3), strength(base + forSubblocks, sharpness), 4)
  }
}

/**
 * Bytes: limit of differences across an edge, of those beside it, threshold of high variance; all 0 for no
 * filter.
 */
function strength(level: i32, sharpness: i32): u32 {
  level = max(0, min(MOST_LEVEL, level))
  if (level == 0) return 0
  let inner = level
  if (sharpness) inner = min(inner >> (sharpness > 4 ? 2 : 1), 9 - sharpness)
  inner = max(1, inner)
  const variance = level >= 40 ? 2 : level >= 15 ? 1 : 0
  return <u32>(2 * level + inner | inner << 8 | variance << 16)
}

export function strengthOf(segment: i32, bySubblocks: bool): u32 {
  return load<u32>(STRENGTHS + (<usize>segment << 3) + (bySubblocks ? 4 : 0))
}

// @ts-ignore: decorator
@inline function dc(index: i32, most: i32): i32 {
  return load<u8>(DC_QUANTISER + <usize>max(0, min(most, index)))
}
// @ts-ignore: decorator
@inline function ac(index: i32): i32 {
  return load<u16>(AC_QUANTISER + (<usize>max(0, min(MOST_INDEX, index)) << 1))
}

export function stepsOf(segment: i32): Steps {
  return changetype<Steps>(STEPS + <usize>segment * 24)
}

export function readQuantisers(d: BoolDecoder): void {
  const base = d.literal(7)
  const lumaDC = d.optional(4), secondDC = d.optional(4), secondAC = d.optional(4)
  const chromaDC = d.optional(4), chromaAC = d.optional(4)
  for (let i: usize = 0; i < MOST; i++) {
    const own = load<i32>(INDICES + (i << 2))
    const q = segmented ? (absolute ? own : base + own) : base
    const steps = stepsOf(<i32>i)
    steps.lumaDC = dc(q + lumaDC, MOST_INDEX)
    steps.lumaAC = ac(q)
    steps.secondDC = dc(q + secondDC, MOST_INDEX) * 2
    steps.secondAC = max(8, ac(q + secondAC) * 155 / 100)
    steps.chromaDC = dc(q + chromaDC, MOST_CHROMA_INDEX)
    steps.chromaAC = ac(q + chromaAC)
  }
}
