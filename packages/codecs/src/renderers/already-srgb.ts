import type { Colour } from '../codec.js'

/** For decoders that apply the profile themselves. */
export const alreadySrgb: Colour = {
  async prepare() {
    return { convert: picture => picture, changesNothing: true, close() {} }
  },
}
