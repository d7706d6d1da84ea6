/**
 * Tells the time of the encoder apart from that of the decoder and the resizer, which work while the encoder asks for
 * frames.
 */
export function timedEncoder() {
  let encoding = 0
  return {
    start() {
      encoding = 0
    },
    /** @type {(inner: import('@sluice/codecs').Encoder) => import('@sluice/codecs').Encoder} */
    encoder: inner => ({
      ...inner,
      async encode(frames, options) {
        let waiting = 0
        const watched = {
          async *[Symbol.asyncIterator]() {
            let asked = performance.now()
            for await (const frame of frames) {
              waiting += performance.now() - asked
              yield frame
              asked = performance.now()
            }
            waiting += performance.now() - asked
          },
        }
        const start = performance.now()
        const bytes = await inner.encode(watched, options)
        encoding += performance.now() - start - waiting
        return bytes
      },
    }),
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
