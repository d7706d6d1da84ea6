export * from './tuning'
export { subblockCandidates, candidateSlack, candidateMargin, subblockPrune, subblockPruneSlack, macroblockPrune, pruneSlack } from './effort'
export { begin, survey, plan, encodeBand, finish, partAddress, partBytes } from './encoder'
export { band, rows, columns, reconY, reconU, reconV, reconStride, reconChromaStride, modes } from './picture'
