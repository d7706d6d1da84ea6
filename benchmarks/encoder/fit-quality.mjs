// Fits the scale of src/quality.ts: for each photograph and quality of libwebp (method 6), the quantiser index of ours that
// takes the same bytes, by least squares against what the survey knows. Prints the table, and how far the bytes are off
// for each photograph where the fit has not seen it.
//
//   node encoder/fit-quality.mjs                # 10 minutes
import { photographFiles } from '../lib/photograph-files.mjs'
import { encodeLibwebp } from './libwebp.mjs'
import { encodeAtIndex } from './ours.mjs'
import { load, photographs } from './photographs.mjs'

/** @import { NamedPicture } from '../types.js' */

const QUALITIES = [20, 40, 50, 60, 70, 75, 78, 82, 85, 88, 93, 97]
const INDICES = [
  0, 1, 2, 3, 5, 7, 10, 12, 13, 14, 15, 16, 18, 20, 22, 25, 28, 30, 33, 36, 40, 50, 65, 85, 110,
]
/** Share of flat macroblocks from which a picture is next to blank, as in src/quality.ts. */
const NEARLY_ALL = 0.85
/** Keeps the second slope, which few pictures decide, from following one of them. */
const RIDGE = [0, 0, 0.003]

/**
 * y where the points [x, y], ascending in x, are at `at`; clamped to the ends.
 * @param {readonly (readonly [x: number, y: number])[]} points @param {number} at
 */
function interpolate(points, at) {
  const next = points.findIndex(([x]) => x >= at)
  if (next <= 0) return next === 0 ? points[0][1] : points[points.length - 1][1]
  const [[x0, y0], [x1, y1]] = [points[next - 1], points[next]]
  return y0 + ((y1 - y0) * (at - x0)) / (x1 - x0)
}

/**
 * The weights w that bring rows * w nearest to the targets.
 * @param {readonly (readonly number[])[]} rows @param {readonly number[]} targets
 */
function leastSquares(rows, targets) {
  const n = rows[0].length
  const a = Array.from({ length: n }, (_, i) => [
    ...Array.from({ length: n }, (_, j) => rows.reduce((sum, r) => sum + r[i] * r[j], 0)),
    rows.reduce((sum, r, k) => sum + r[i] * targets[k], 0),
  ])
  for (let i = 0; i < n; i++) a[i][i] += RIDGE[i] * rows.length
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      if (k === i) continue
      const factor = a[k][i] / a[i][i]
      for (let j = i; j <= n; j++) a[k][j] -= factor * a[i][j]
    }
  }
  return a.map((row, i) => row[n] / row[i])
}

/** @param {{ flat: number }} picture */
const features = ({ flat }) => [1, flat, Math.max(0, (flat - NEARLY_ALL) / (1 - NEARLY_ALL))]
/** @param {readonly number[]} a @param {readonly number[]} b */
const dot = (a, b) => a.reduce((sum, v, i) => sum + v * b[i], 0)

/** @param {NamedPicture} picture */
const scene = ({ name, width, height }) => `${name} ${width} ${height}`

/** What encoder.bench.mjs encodes, and what photographs.mjs does beside that. */
async function* all() {
  const known = new Set()
  for await (const picture of photographs()) {
    known.add(scene(picture))
    yield picture
  }
  for (const { path } of await photographFiles()) {
    const picture = await load(path)
    if (!known.has(scene(picture))) yield picture
  }
}

/** @type {{ name: string, flat: number, curve: [index: number, log: number][], bytes: number[] }[]} */
const measured = []
for await (const picture of all()) {
  /** @type {[index: number, log: number][]} */
  const curve = []
  let flat = 0
  for (const index of INDICES) {
    const result = encodeAtIndex(picture, { index })
    flat = result.flat
    curve.push([index, Math.log(result.bytes.length)])
  }
  const bytes = []
  for (const quality of QUALITIES) bytes.push((await encodeLibwebp(picture, { quality, method: 6 })).length)
  measured.push({ name: picture.name, flat, curve, bytes })
}

for (const [q, quality] of QUALITIES.entries()) {
  const rows = measured.map(features)
  const targets = measured.map(({ curve, bytes }) => {
    /** @type {[number, number][]} */
    const falling = curve.map(([index, log]) => [-log, index])
    return interpolate(falling, -Math.log(bytes[q]))
  })
  const [index, flat, blank] = leastSquares(rows, targets).map(v => Math.round(v * 10) / 10)
  console.log(`  { quality: ${quality}, index: ${index}, flat: ${flat}, blank: ${blank} },`)
  const errors = measured.map(({ name, curve, bytes }, i) => {
    /** @param {unknown} _ @param {number} k */
    const others = (_, k) => k !== i
    const weights = leastSquares(rows.filter(others), targets.filter(others))
    return { name, ratio: Math.exp(interpolate(curve, dot(rows[i], weights))) / bytes[q] }
  })
  const near = errors.filter(({ ratio }) => Math.abs(ratio - 1) <= 0.05)
  const far = errors.filter(e => !near.includes(e)).map(({ name, ratio }) => `${name} ${ratio.toFixed(2)}`)
  console.log(`    // unseen: ${near.length} of ${errors.length} within 5 %; ${far.join(', ')}`)
}
