import { budgeted } from '../budgeted.js'
import type { Encoder } from '../codec.js'
import { encodeWebp } from '../sandbox/index.js'

/** Libwebp 1.1, lossy, one frame. */
export const webpEncoder: Encoder = {
  format: 'webp',
  async encode(frames, { budget, quality, effort }) {
    for await (const { pixels, width, height } of frames)
      return budgeted(budget, 0, 'render-failed', async limits => {
        const { bytes } = await encodeWebp(pixels, width, height, { quality, effort }, limits)
        return bytes
      })
    throw new Error('no frame came')
  },
}
