import { classify } from '@sluice/encoder'
import type { Picture, StillEncoder, StillOptions } from '../../codec.js'
import { isOpaque } from '../../pixels/alpha.js'
import { wordsOf } from '../../pixels/changes.js'
import { hasFewColours } from '../../pixels/colour-table.js'
import { withSmallestAlpha } from './alpha.js'
import { libwebp, tryLibwebp, tryLossless } from './libwebp.js'
import { tryVp8 } from './vp8.js'

/*
 * What encodes a still as WebP depends on the picture: decision 051, from top to bottom.
 */

/** Below this many pixels libwebp is fast enough, and preserves colours and smooth shades better. */
const maxLibwebpPixels = 100_000

/**
 * Drawings (at most 255 colours) are stored lossless where that is no larger: there it usually is smaller too, and halved
 * chroma would blur their edges. Everything else goes to `lossy`.
 */
export function losslessOr(lossy: StillEncoder): StillEncoder {
  return async (picture, options) => {
    const exact = hasFewColours(wordsOf(picture)) ? await tryLossless(picture, options) : undefined
    if (exact && isSmallerThanAnyLossy(exact, picture)) return exact
    const blurred = await lossy(picture, options)
    return exact && exact.length <= blurred.length ? exact : blurred
  }
}

/** Small pictures and graphics by libwebp, photographs by our own encoder; what does not fit that by libwebp too. */
export async function encodeByContent(picture: Picture, options: StillOptions): Promise<Uint8Array> {
  const { pixels, width, height } = picture
  if (width * height < maxLibwebpPixels) return libwebp(picture, options)
  if (classify(pixels, width, height) === 'graphic') return encodeGraphic(picture, options)
  const photograph = await tryVp8(picture, options)
  return photograph ? withSmallestAlpha([photograph], picture, options) : libwebp(picture, options)
}

/**
 * Text, lines, charts: at equal bytes libwebp keeps their edges and shades better (benchmarks/encoder/graphics.mjs). It
 * takes several times the memory: where there is not enough, ours is good. With alpha either gives its colours, each gets
 * the smallest coding of the plane, and the smaller file is kept.
 */
async function encodeGraphic(picture: Picture, options: StillOptions): Promise<Uint8Array> {
  const opaque = isOpaque(picture.pixels)
  const theirs = await tryLibwebp(picture, options, { alphaCompression: opaque })
  if (theirs && opaque) return theirs
  const ours = await tryVp8(picture, options)
  if (!ours) return libwebp(picture, options)
  return withSmallestAlpha(theirs ? [ours, theirs] : [ours], picture, options)
}

/** The modes of a macroblock of 16x16 pixels alone take more bits (fixed probabilities of RFC 6386, section 11). */
const leastLossyBits = 3

function isSmallerThanAnyLossy(file: Uint8Array, { width, height }: Picture): boolean {
  const macroblocks = Math.ceil(width / 16) * Math.ceil(height / 16)
  return file.length * 8 <= leastLossyBits * macroblocks
}
