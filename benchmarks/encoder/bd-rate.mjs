// Bjontegaard's difference of rate (VCEG-M33), with monotone piecewise cubic interpolation (Fritsch and Carlson) in place
// of his single cubic, as is usual since it does not overshoot.

/**
 * Integral of the monotone cubic through (x, y), x ascending, from a to b.
 * @param {readonly number[]} x @param {readonly number[]} y @param {number} a @param {number} b
 */
function integral(x, y, a, b) {
  const n = x.length
  const h = Array.from({ length: n - 1 }, (_, i) => x[i + 1] - x[i])
  const slope = h.map((v, i) => (y[i + 1] - y[i]) / v)
  const m = Array.from({ length: n }, (_, i) => {
    if (i === 0) return slope[0]
    if (i === n - 1) return slope[n - 2]
    if (slope[i - 1] * slope[i] <= 0) return 0
    const w1 = 2 * h[i] + h[i - 1]
    const w2 = h[i] + 2 * h[i - 1]
    return (w1 + w2) / (w1 / slope[i - 1] + w2 / slope[i])
  })
  /** @param {number} i @param {number} t */
  const primitive = (i, t) => {
    const c2 = (3 * slope[i] - 2 * m[i] - m[i + 1]) / h[i]
    const c3 = (m[i] + m[i + 1] - 2 * slope[i]) / (h[i] * h[i])
    return t * (y[i] + t * (m[i] / 2 + t * (c2 / 3 + (t * c3) / 4)))
  }
  let sum = 0
  for (let i = 0; i < n - 1; i++) {
    const from = Math.max(a, x[i])
    const to = Math.min(b, x[i + 1])
    if (to > from) sum += primitive(i, to - x[i]) - primitive(i, from - x[i])
  }
  return sum
}

/**
 * Points [bytes, quality] ascending in quality, with those dropped that gain nothing.
 * @param {readonly (readonly number[])[]} points
 */
function curve(points) {
  const sorted = [...points].sort((a, b) => a[1] - b[1])
  return sorted.filter(([, q], i) => i === 0 || q > sorted[i - 1][1] + 1e-9)
}

/**
 * Mean difference of bytes at equal quality, in percent of the reference's; NaN where the curves do not overlap.
 * @param {readonly (readonly number[])[]} reference
 * @param {readonly (readonly number[])[]} test
 */
export function bdRate(reference, test) {
  const [r, t] = [curve(reference), curve(test)]
  const low = Math.max(r[0][1], t[0][1])
  const high = Math.min(r.at(-1)[1], t.at(-1)[1])
  if (!(high > low)) return Number.NaN
  /** @param {readonly (readonly number[])[]} c */
  const mean = c =>
    integral(
      c.map(p => p[1]),
      c.map(p => Math.log(p[0])),
      low,
      high,
    ) /
    (high - low)
  return (Math.exp(mean(t) - mean(r)) - 1) * 100
}
