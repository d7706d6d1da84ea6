import type { Picture, StillEncoder } from '../../codec.js'
import { estimateExactBits } from './exact-bits.js'
import { tryVp8l } from './lossless.js'
import { encodeVp8 } from './lossy.js'

/** The modes of a macroblock of 16x16 pixels alone take more bits (fixed probabilities of RFC 6386, section 11). */
const leastLossyBits = 3
/** Drawings rarely take fewer bytes for each macroblock. */
const fewLossyBytes = 8
/** What is estimated at so many bits for each macroblock is mostly that small: no lossy file will be needed. */
const bareBits = 8 * leastLossyBits
/**
 * An estimate may be so many times too high. What is smaller without loss is estimated below what lossy takes,
 * photographs at several times it.
 */
const slack = 1.2
/**
 * Bytes that nobody waits for: an icon that fits is exact whatever lossy takes, whose halved chroma shows in it.
 */
const free = 1000

/**
 * What encodes a still as WebP (decision 131): exactly, where that takes fewer bytes, else lossy. An estimate
 * that costs next to nothing says whether exact can win: for photographs it is never tried.
 */
export const encodeByContent: StillEncoder = async (picture, options) => {
  const estimate = estimateExactBits(picture)
  const macroblocks = macroblocksOf(picture)
  const isBare = estimate <= bareBits * macroblocks
  const isFree = estimate <= slack * 8 * free
  // Where exact will be kept whatever lossy takes, lossy may not be needed.
  const tried = isBare ? Number.POSITIVE_INFINITY : isFree ? Math.max(free, fewLossyBytes * macroblocks) : 0
  const first = tried > 0 ? await tryVp8l(picture, options, tried) : undefined
  if (first && first.length <= Math.max(free, (leastLossyBits * macroblocks) / 8)) return first
  const lossy = await encodeVp8(picture, options)
  const most = Math.max(lossy.length, free)
  const hasChance = most > tried && estimate <= slack * 8 * most
  const exact = first ?? (hasChance ? await tryVp8l(picture, options, most) : undefined)
  return exact && exact.length <= most ? exact : lossy
}

function macroblocksOf({ width, height }: Picture): number {
  return Math.ceil(width / 16) * Math.ceil(height / 16)
}
