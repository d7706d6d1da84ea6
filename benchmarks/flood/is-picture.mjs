// Whether what was stored is a picture, by a decoder of which nobody's server is made for this.

/** @typedef {(bytes: Buffer, options: object) => { stats(): Promise<unknown> }} Sharp that of the package */

/**
 * Every pixel of every frame is decoded, and what sharp only warns of counts.
 * @param {Sharp} sharp
 * @returns {(bytes: Buffer) => Promise<boolean>}
 */
export function decodedBy(sharp) {
  return async bytes => {
    try {
      await sharp(bytes, { animated: true, failOn: 'warning' }).stats()
      return true
    } catch (thrown) {
      if (thrown instanceof Error) return false
      throw thrown
    }
  }
}
