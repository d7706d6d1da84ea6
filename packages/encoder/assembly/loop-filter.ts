// Strength of the decoder's loop filter (RFC 6386, sections 9.6 and 15).
import { SEGMENTS, SEGMENT_INDEX, segmented } from './segmentation'
import { filterPercent } from './tuning'

export let filterLevel: i32 = 0
/** Level of each segment. */
export const SEGMENT_FILTER: usize = memory.data(4, 4)
export const MAX_FILTER_LEVEL: i32 = 63

/** The edge limits that the level sets grow with the step, as blocking does; `fixed` of 0 to 63 overrides. */
export function chooseFilterLevels(index: i32, fixed: i32): void {
  filterLevel = levelOf(index, fixed)
  if (!segmented) return
  for (let k = 0; k < SEGMENTS; k++) store<u8>(SEGMENT_FILTER + k, <u8>levelOf(load<u8>(SEGMENT_INDEX + k), fixed))
}

function levelOf(index: i32, fixed: i32): i32 {
  return min(MAX_FILTER_LEVEL, fixed >= 0 ? fixed : index * filterPercent / 100)
}
