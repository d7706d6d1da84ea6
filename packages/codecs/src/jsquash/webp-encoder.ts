import type { Encoder } from '../codec.js'
import { limitsOf } from '../limits.js'
import { encodeWebp } from '../sandbox/index.js'

/** Libwebp 1.1, lossy, one frame. */
export const webpEncoder: Encoder = {
  format: 'webp',
  async encode(frames, { budget, quality, effort }) {
    for await (const { pixels, width, height } of frames) {
      const { bytes } = await encodeWebp(pixels, width, height, { quality, effort }, limitsOf(budget))
      return bytes
    }
    throw new Error('no frame came')
  },
}
