interface Picture {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

/**
 * 8 x 8 RGBA, row-major: each cell the exact-area box average of what it covers. A = mean alpha,
 * RGB = sum(rgb * a) / sum(a), 0 where A rounds to 0.
 */
export function thumb8({ width, height, pixels }: Picture): Uint8Array {
  const thumb = new Uint8Array(8 * 8 * 4)
  for (let row = 0; row < 8; row++)
    for (let column = 0; column < 8; column++) {
      const sums = [0, 0, 0]
      let alphas = 0
      let area = 0
      for (const [y, high] of covered(row, height))
        for (const [x, wide] of covered(column, width)) {
          const at = 4 * (y * width + x)
          const weight = (pixels[at + 3] ?? 0) * high * wide
          area += high * wide
          alphas += weight
          for (let channel = 0; channel < 3; channel++)
            sums[channel] = (sums[channel] ?? 0) + (pixels[at + channel] ?? 0) * weight
        }
      const alpha = Math.round(alphas / area)
      const colours = sums.map(sum => (alpha === 0 ? 0 : Math.round(sum / alphas)))
      thumb.set([...colours, alpha], 4 * (8 * row + column))
    }
  return thumb
}

/** The pixels of a side that a cell covers, each with how much of it. */
function covered(cell: number, length: number): [index: number, part: number][] {
  const from = (cell * length) / 8
  const to = ((cell + 1) * length) / 8
  const out: [number, number][] = []
  for (let index = Math.floor(from); index < to; index++)
    out.push([index, Math.min(index + 1, to) - Math.max(index, from)])
  return out
}

/** The largest over all cells of |dA| and |dRGB| * min(A1, A2) / 255. */
export function thumbDistance(one: Uint8Array, other: Uint8Array): number {
  let distance = 0
  for (let at = 0; at < one.length; at++) {
    const difference = Math.abs((one[at] ?? 0) - (other[at] ?? 0))
    const alpha = at | 3
    const seen = at === alpha ? 1 : Math.min(one[alpha] ?? 0, other[alpha] ?? 0) / 255
    distance = Math.max(distance, difference * seen)
  }
  return distance
}
