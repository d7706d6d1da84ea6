// Strength of the decoder's loop filter (RFC 6386, sections 9.6 and 15).
import { flatShare } from './activity'
import { acStep } from './quantiser'
import { SEGMENTS, SEGMENT_INDEX, centre, segmentOf, segmented } from './segmentation'
import { filterBusyActivity, filterBusyPercent, filterFlatActivity, filterFlatPercent, filterFlatSharePercent, filterGrowsAbove } from './tuning'

export let filterLevel: i32 = 0
/** Level of each segment. */
export const SEGMENT_FILTER: usize = memory.data(4, 4)
export const MAX_FILTER_LEVEL: i32 = 63

/** Percentage of the step in flats, before it grows. */
let flatPercent: i32 = 0

/** The edge limits that the level sets grow with the AC step, as blocking does. */
export function chooseFilterLevels(index: i32): void {
  const share = flatShare()
  flatPercent = filterFlatPercent + <i32>Math.round(<f64>filterFlatSharePercent * share * share * share)
  filterLevel = levelOf(index, filterFlatActivity)
  if (!segmented) return
  for (let k = 0; k < SEGMENTS; k++) store<u8>(SEGMENT_FILTER + k, <u8>levelOf(load<u8>(SEGMENT_INDEX + k), centre(k) >> 4))
}

/** Level for a quantiser index and an activity: between flat and busy the percentage is interpolated. */
function levelOf(index: i32, activity: i32): i32 {
  const q = acStep(index), flat = flatPercent + max(0, q - filterGrowsAbove)
  const range = filterBusyActivity - filterFlatActivity, above = max(0, min(range, activity - filterFlatActivity))
  return min(MAX_FILTER_LEVEL, q * (flat * range + (filterBusyPercent - flat) * above) / (100 * range))
}

/** Level of a macroblock: what a decoder will apply. */
export function macroblockFilterLevel(mx: i32, my: i32): i32 {
  return segmented ? load<u8>(SEGMENT_FILTER + segmentOf(mx, my)) : filterLevel
}
