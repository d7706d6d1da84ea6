import { limitsOf } from '../../budget.js'
import { firstFrameEncoder } from '../../compose/still.js'
import { encodeAvif } from './encode-avif.js'

/** Slower ones take ten times as long, for a few percent of the bytes. */
const slowest = 6

/** Stills as AVIF, 8 bits, 4:2:0. Of an animation the first frame. */
export const avifEncoder = firstFrameEncoder(
  'avif',
  async ({ pixels, width, height }, { quality, effort, budget }) => {
    const speed = Math.max(slowest, 10 - effort)
    return (await encodeAvif(pixels, width, height, { quality, speed }, limitsOf(budget))).bytes
  },
)
