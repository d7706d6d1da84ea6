/** @import { StillEncoder } from '../types.js' */

/**
 * An encoder that works once, and then, after `rewind`, gives what it gave then: encoding that costs nothing.
 * @param {StillEncoder} inner
 */
export function replayed(inner) {
  /** @type {Uint8Array[]} */
  const known = []
  let at = 0
  return {
    rewind() {
      at = 0
    },
    /** @type {StillEncoder} */
    encoder: async (picture, options) => {
      const index = at++
      known[index] ??= await inner(picture, options)
      return known[index]
    },
  }
}
