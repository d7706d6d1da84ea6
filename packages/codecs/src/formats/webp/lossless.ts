import { encodeLossless } from '@sluice/encoder'
import { recycle } from '@sluice/sandbox'
import { halfOf, ifItFits, limitsOf } from '../../budget.js'
import type { Picture, StillOptions } from '../../codec.js'
import { ownPrice } from '../../encoder-prices.js'
import { copyOfWords, wordsOf } from '../../pixels/changes.js'
import { encoderBytes, runEncoder } from './run-encoder.js'

/** More takes twice as long and longer, for one or two percent of the bytes. */
const enoughEffort = 2

/**
 * Lossless WebP (VP8L, RFC 9649) by our own encoder: every pixel that can be seen comes back. Colours under
 * alpha 0 do not: they may hide what the sender did not mean to publish.
 *
 * @param below bytes above which a file is of no use: an attempt that will clearly have more is given up
 * @returns undefined then, and where there is not enough memory, or it takes more than half of its part of the
 *   time that is left
 */
export async function tryVp8l(
  picture: Picture,
  { effort, budget, pictures }: Pick<StillOptions, 'effort' | 'budget' | 'pictures'>,
  below?: number,
): Promise<Uint8Array | undefined> {
  const { width, height } = picture
  const pixels = withoutInvisible(picture)
  const options = { effort: Math.min(effort, enoughEffort), below }
  const limits = limitsOf(budget, ownPrice('vp8l'), encoderBytes(picture))
  const file = await ifItFits(
    budget,
    runEncoder(halfOf(limits, pictures), encoder => {
      const file = encodeLossless(encoder, pixels, width, height, options)
      return file === 'too-large' ? undefined : file
    }),
  )
  if (pixels !== picture.pixels) recycle(pixels)
  return file
}

/** The same pixels where all can be seen. */
function withoutInvisible(picture: Picture): Uint8Array {
  const words = wordsOf(picture)
  let at = 0
  while (at < words.length && !isHidden(words[at])) at++
  if (at === words.length) return picture.pixels
  const visible = copyOfWords(words)
  for (; at < visible.length; at++) if (isHidden(visible[at])) visible[at] = 0
  return new Uint8Array(visible.buffer, 0, visible.byteLength)
}

/** A colour under alpha 0. */
function isHidden(word = 0): boolean {
  return word >>> 24 === 0 && word !== 0
}
