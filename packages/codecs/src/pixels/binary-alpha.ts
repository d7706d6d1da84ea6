import type { Picture } from '../codec.js'
import { wordsOf, zeroWords } from './changes.js'
import { TRANSPARENT } from './colour-table.js'

/** A picture as GIF can show it: every pixel is opaque or transparent. */
export interface BinaryAlphaFrame {
  readonly words: Uint32Array
  /** No pixel is transparent. */
  readonly covered: boolean
}

/**
 * Thresholds alpha at one half: what is at least half opaque becomes opaque, the rest TRANSPARENT. A view on the
 * picture where there is nothing to do.
 */
export function thresholdAlpha(picture: Picture): BinaryAlphaFrame {
  const words = wordsOf(picture)
  if (isOpaque(words)) return { words, covered: true }
  return { words: isOnOrOff(words) ? words : decide(words), covered: false }
}

function isOpaque(words: Uint32Array): boolean {
  for (let pixel = 0; pixel < words.length; pixel++) if ((words[pixel] ?? 0) >>> 24 !== 255) return false
  return true
}

function isOnOrOff(words: Uint32Array): boolean {
  for (let pixel = 0; pixel < words.length; pixel++) {
    const word = words[pixel] ?? 0
    if (word !== TRANSPARENT && word >>> 24 !== 255) return false
  }
  return true
}

function decide(words: Uint32Array): Uint32Array {
  const out = zeroWords(words.length)
  for (let pixel = 0; pixel < out.length; pixel++) {
    const word = words[pixel] ?? 0
    if (word >>> 31 === 1) out[pixel] = word | 0xff000000
  }
  return out
}
