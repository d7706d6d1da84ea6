// Strength of the decoder's loop filter (RFC 6386, sections 9.6 and 15).
import { acStep } from './quantiser'
import { SEGMENTS, SEGMENT_INDEX, segmentOf, segmented } from './segmentation'
import { filterBusyPercent, filterFlatPercent, filterGrowsAbove } from './tuning'

export let filterLevel: i32 = 0
/** Level of each segment. */
export const SEGMENT_FILTER: usize = memory.data(4, 4)
export const MAX_FILTER_LEVEL: i32 = 63

/** The edge limits that the level sets grow with the AC step, as blocking does. */
export function chooseFilterLevels(index: i32): void {
  filterLevel = levelOf(index, 0)
  if (!segmented) return
  for (let k = 0; k < SEGMENTS; k++) store<u8>(SEGMENT_FILTER + k, <u8>levelOf(load<u8>(SEGMENT_INDEX + k), k))
}

function levelOf(index: i32, segment: i32): i32 {
  const q = acStep(index), flat = filterFlatPercent + max(0, q - filterGrowsAbove)
  return min(MAX_FILTER_LEVEL, q * (flat + (filterBusyPercent - flat) * segment / (SEGMENTS - 1)) / 100)
}

/** Level of a macroblock: what a decoder will apply. */
export function macroblockFilterLevel(mx: i32, my: i32): i32 {
  return segmented ? load<u8>(SEGMENT_FILTER + segmentOf(mx, my)) : filterLevel
}
