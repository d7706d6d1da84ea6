/** @import { StillEncoder } from '../types.js' */

/** Tells the time of the encoder apart from that of the decoder and the resizer. */
export function timedEncoder() {
  let encoding = 0
  return {
    start() {
      encoding = 0
    },
    /** @type {(inner: StillEncoder) => StillEncoder} */
    encoder: inner => async (picture, options) => {
      const start = performance.now()
      const bytes = await inner(picture, options)
      encoding += performance.now() - start
      return bytes
    },
    /**
     * `render` as `decode and resize` and `encode`; left whole where no encoder was asked.
     * @param {Record<string, number>} ms @returns {Record<string, number>}
     */
    split({ render = 0, ...others }) {
      if (encoding === 0) return { ...others, render }
      return { ...others, 'decode and resize': Math.max(0, render - encoding), encode: encoding }
    },
  }
}
