import type { Encoder } from '../codec.js'
import { limitsOf } from '../limits.js'
import { encodeAvif } from './encode-avif.js'

/** Slower ones take ten times as long, for a few percent of the bytes. */
const SLOWEST = 6

/** Stills as AVIF, 8 bits, 4:2:0. Of an animation the first frame. */
export const avifEncoder: Encoder = {
  format: 'avif',
  async encode(frames, { width, height, quality, effort, budget }) {
    const speed = Math.max(SLOWEST, 10 - effort)
    for await (const { pixels } of frames)
      return (await encodeAvif(pixels, width, height, { quality, speed }, limitsOf(budget))).bytes
    throw new Error('no frame came')
  },
}
