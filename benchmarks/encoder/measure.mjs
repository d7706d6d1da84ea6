// Rate-distortion points of a picture, and the differences of curves.
import { bdRate } from './bd-rate.mjs'
import { decodeWebp, encodeLibwebp } from './libwebp.mjs'
import { compare } from './metrics/metrics.mjs'
import { encodeAtIndex } from './ours.mjs'

/** @import { Difference, Metric, Picture, RatePoint } from '../types.js' */

/** @type {readonly Metric[]} */
export const METRICS = ['luma', 'rgb', 'ssim', 'ssimulacra2']
/** Where curves are measured: qualities of libwebp, and indices of ours that take about the same bytes. */
export const QUALITIES = [50, 70, 82, 93]
export const INDICES = [37, 27, 17, 5]

/** @param {Picture} picture @param {Uint8Array} bytes @returns {Promise<RatePoint>} */
export async function point(picture, bytes) {
  const { rgba } = await decodeWebp(bytes)
  return { bytes: bytes.length, ...compare(picture.rgba, rgba, picture.width, picture.height) }
}

/** @param {Picture} picture */
export async function libwebpCurve(picture, method = 6) {
  const points = []
  for (const quality of QUALITIES)
    points.push({ quality, ...(await point(picture, await encodeLibwebp(picture, { quality, method }))) })
  return points
}

/** @param {Picture} picture @param {{ effort?: number, settings?: Record<string, number> }} options */
export async function ourCurve(picture, options = {}) {
  const points = []
  for (const index of INDICES)
    points.push({ index, ...(await point(picture, encodeAtIndex(picture, { index, ...options }).bytes)) })
  return points
}

/**
 * Percent of bytes at equal quality for each metric.
 * @param {readonly RatePoint[]} reference @param {readonly RatePoint[]} test @returns {Difference}
 */
export function difference(reference, test) {
  /** @param {readonly RatePoint[]} points @param {Metric} metric */
  const on = (points, metric) => points.map(p => [p.bytes, p[metric]])
  /** @param {Metric} metric */
  const of = metric => bdRate(on(reference, metric), on(test, metric))
  return { luma: of('luma'), rgb: of('rgb'), ssim: of('ssim'), ssimulacra2: of('ssimulacra2') }
}

/** @param {readonly number[]} values */
export const mean = values => {
  const numbers = values.filter(v => !Number.isNaN(v))
  return numbers.reduce((a, b) => a + b, 0) / numbers.length
}
