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

export function setEffort(effort: i32): void {
  subblockCandidates = effort < 3 ? 1 : 4
  subblockPrune = effort < 3 ? 150 : 0
  candidateSlack = effort > 5 ? 9999 : 16
}
