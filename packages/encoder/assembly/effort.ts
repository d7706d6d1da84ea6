// How widely modes are searched. Effort 0 to 6 trades time for bytes on libwebp's scale of methods.

/** 4x4 modes whose exact cost is computed, of those ranked best by estimate: 1 to 4. */
export let subblockCandidates: i32 = 4
/** A 4x4 mode is a candidate when its estimate is within best * (1 + margin / 256) + slack. */
export let candidateSlack: i32 = 16
export let candidateMargin: i32 = 16
/** 4x4 modes whose absolute error exceeds the best by more than this (1/256) are not transformed; 0 transforms all. */
export let subblockPrune: i32 = 0
/** The same for 16x16 modes and for the second chroma mode, always with an absolute part. */
export let macroblockPrune: i32 = 20
export let pruneSlack: i32 = 128
export let subblockPruneSlack: i32 = 16

/** Whether levels are chosen by rate and distortion; if not, they are rounded with a wider dead zone. */
export let trellis: i32 = 1

/** Rows: efforts 0 to 6; columns as setEffort reads them. Measured with encoder.bench.mjs and tune.mjs --effort. */
const EFFORTS: usize = memory.data<i32>([
  1, 60, 16, 0,
  1, 60, 16, 1,
  1, 90, 16, 1,
  2, 120, 16, 1,
  3, 200, 16, 1,
  4, 300, 16, 1,
  4, 0, 48, 1,
])

export function setEffort(effort: i32): void {
  const row = EFFORTS + effort * 16
  subblockCandidates = load<i32>(row)
  subblockPrune = load<i32>(row, 4)
  candidateMargin = load<i32>(row, 8)
  trellis = load<i32>(row, 12)
}
