/** Wang, Bovik, Sheikh, Simoncelli: Image quality assessment, 2004. Windows of 11 pixels, sigma 1.5. */
const radius = 5
const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2]
const weights = gaussian(1.5)

/**
 * Mean SSIM of luma (BT.601) where the window lies inside; 1 for what is the same, and for pictures that are smaller than a
 * window.
 * @param one RGBA, 8 bits @param other of the same size
 */
export function ssim(one: Uint8Array, other: Uint8Array, width: number, height: number): number {
  const [a, b] = [lumaOf(one), lumaOf(other)]
  const planes = [a, b, product(a, a), product(b, b), product(a, b)]
  const [mx, my, xx, yy, xy] = planes.map(plane => blur(plane, width, height))
  let sum = 0
  let count = 0
  for (let row = radius; row < height - radius; row++)
    for (let column = radius; column < width - radius; column++) {
      const at = row * width + column
      const [u, v] = [mx?.[at] ?? 0, my?.[at] ?? 0]
      const covariance = (xy?.[at] ?? 0) - u * v
      const variances = (xx?.[at] ?? 0) - u * u + (yy?.[at] ?? 0) - v * v
      // Luma is kept centred, for precision in the squares.
      const [m, n] = [u + 128, v + 128]
      sum += ((2 * m * n + c1) * (2 * covariance + c2)) / ((m * m + n * n + c1) * (variances + c2))
      count += 1
    }
  return count === 0 ? 1 : sum / count
}

function lumaOf(rgba: Uint8Array): Float32Array {
  const luma = new Float32Array(rgba.length / 4)
  for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += 4)
    luma[pixel] = 0.299 * (rgba[at] ?? 0) + 0.587 * (rgba[at + 1] ?? 0) + 0.114 * (rgba[at + 2] ?? 0) - 128
  return luma
}

function product(one: Float32Array, other: Float32Array): Float32Array {
  return one.map((value, at) => value * (other[at] ?? 0))
}

/** Rows, then columns. What lies at the edges, where the window does not fit, is never looked at. */
function blur(plane: Float32Array, width: number, height: number): Float32Array {
  return along(along(plane, width, height, 1), width, height, width)
}

function along(plane: Float32Array, width: number, height: number, step: number): Float32Array {
  const out = new Float32Array(plane.length)
  const [fromX, fromY] = step === 1 ? [radius, 0] : [0, radius]
  for (let row = fromY; row < height - fromY; row++)
    for (let column = fromX; column < width - fromX; column++) {
      const at = row * width + column
      let sum = 0
      for (let tap = -radius; tap <= radius; tap++)
        sum += (weights[tap + radius] ?? 0) * (plane[at + tap * step] ?? 0)
      out[at] = sum
    }
  return out
}

function gaussian(sigma: number): Float64Array {
  const raw = Float64Array.from({ length: 2 * radius + 1 }, (_, at) =>
    Math.exp(-((at - radius) ** 2) / (2 * sigma ** 2)),
  )
  const sum = raw.reduce((one, other) => one + other)
  return raw.map(weight => weight / sum)
}
