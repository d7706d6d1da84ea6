export { fuel } from '../../kernel/assembly/fuel'
export * from './tuning'
export { subblockCandidates, candidateSlack, candidateMargin, subblockPrune, subblockPruneSlack, macroblockPrune, pruneSlack, trellis } from './effort'
export { begin, survey, plan, encodeBand, finish, partAddress, partBytes, hasAlpha } from './encoder'
export {
  openLossless, losslessPixels, surveyLossless, wayOf, tryLossless, finishLossless, losslessAddress, losslessBytes,
} from './lossless/encoder'
export { band } from './picture'
// For tests that hold decoders to the reconstruction: a row of it stands in memory after each encodeBand.
export { reconY, reconU, reconV, reconStride, reconChromaStride, modes } from './picture'
export { macroblockFilterLevel } from './loop-filter'
export { flatShare } from './activity'
