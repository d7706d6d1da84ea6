/** 8x8 RGBA by exact-area box averages: A is the mean alpha, RGB the mean weighed by alpha, 0 where A rounds to 0. */
export function thumb8({ rgba, width, height }) {
  const sums = new Float64Array(8 * 8 * 4)
  const columns = parts(width)
  for (const [y, row, high] of parts(height)) {
    for (const [x, column, wide] of columns) {
      const at = (y * width + x) * 4
      const cell = (row * 8 + column) * 4
      const weight = rgba[at + 3] * high * wide
      for (let c = 0; c < 3; c++) sums[cell + c] += rgba[at + c] * weight
      sums[cell + 3] += weight
    }
  }
  const area = (width / 8) * (height / 8)
  return Uint8Array.from(sums, (sum, i) => {
    const alpha = Math.round(sums[i | 3] / area)
    if ((i & 3) === 3) return alpha
    return alpha ? Math.round(sum / sums[i | 3]) : 0
  })
}

/** Every pixel of a side with each of the 8 cells it lies in, and how much of it lies there. */
function parts(length) {
  const out = []
  for (let i = 0; i < length; i++) {
    const last = Math.min(7, Math.ceil(((i + 1) * 8) / length) - 1)
    for (let cell = Math.floor((i * 8) / length); cell <= last; cell++) {
      const part = Math.min(i + 1, ((cell + 1) * length) / 8) - Math.max(i, (cell * length) / 8)
      if (part > 0) out.push([i, cell, part])
    }
  }
  return out
}

/** The largest over all cells of |dA| and |dRGB| * min(A1, A2) / 255; 0 to 255. */
export function thumbDistance(a, b) {
  let most = 0
  for (let i = 0; i < a.length; i++) {
    const seen = (i & 3) === 3 ? 1 : Math.min(a[i | 3], b[i | 3]) / 255
    most = Math.max(most, Math.abs(a[i] - b[i]) * seen)
  }
  return most
}
