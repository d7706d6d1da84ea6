/**
 * @typedef {{ readonly width: number, readonly height: number, readonly pixels: ArrayLike<number> }} Picture
 */

/**
 * The corpus's measure of a picture: 8 x 8 RGBA, row-major, each cell the exact-area box average of what it
 * covers.
 * A = mean alpha, RGB = sum(rgb * a) / sum(a), 0 where A rounds to 0.
 * @param {Picture} picture
 */
export function thumb8({ width, height, pixels }) {
  const thumb = new Uint8Array(8 * 8 * 4)
  const columns = cells.map(column => covered(column, width))
  for (const row of cells) {
    const rows = covered(row, height)
    columns.forEach((column, index) => {
      let [red, green, blue, alphas, area] = [0, 0, 0, 0, 0]
      for (const [y, high] of rows)
        for (const [x, wide] of column) {
          const at = 4 * (y * width + x)
          const weight = (pixels[at + 3] ?? 0) * high * wide
          area += high * wide
          alphas += weight
          red += (pixels[at] ?? 0) * weight
          green += (pixels[at + 1] ?? 0) * weight
          blue += (pixels[at + 2] ?? 0) * weight
        }
      const alpha = Math.round(alphas / area)
      const colours = alpha === 0 ? [0, 0, 0] : [red, green, blue].map(sum => Math.round(sum / alphas))
      thumb.set([...colours, alpha], 4 * (8 * row + index))
    })
  }
  return thumb
}

const cells = [0, 1, 2, 3, 4, 5, 6, 7]

/**
 * The pixels of a side that a cell covers, each with how much of it.
 * @param {number} cell @param {number} length
 */
function covered(cell, length) {
  const from = (cell * length) / 8
  const to = ((cell + 1) * length) / 8
  /** @type {[index: number, part: number][]} */
  const out = []
  for (let index = Math.floor(from); index < to; index++)
    out.push([index, Math.min(index + 1, to) - Math.max(index, from)])
  return out
}

/** A thumb as the corpus writes it. @param {string} hex 512 digits */
export function thumbOf(hex) {
  return new Uint8Array(Buffer.from(hex, 'hex'))
}

/**
 * The largest over all cells of |dA| and |dRGB| * min(A1, A2) / 255; 0 to 255. Up to 8 is a match.
 * @param {Uint8Array} one @param {Uint8Array} other
 */
export function thumbDistance(one, other) {
  if (one.length !== other.length) throw new Error(`a thumb of ${other.length} bytes, not ${one.length}`)
  let distance = 0
  for (let at = 0; at < one.length; at++) {
    const difference = Math.abs((one[at] ?? 0) - (other[at] ?? 0))
    const alpha = at | 3
    const seen = at === alpha ? 1 : Math.min(one[alpha] ?? 0, other[alpha] ?? 0) / 255
    distance = Math.max(distance, difference * seen)
  }
  return distance
}
