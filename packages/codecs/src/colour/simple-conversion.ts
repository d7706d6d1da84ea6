import type { SimpleProfile } from './icc-profile.js'
import { greyConversion, type Matrix, matrixConversion } from './matrix-conversion.js'

/** XYZ at D50 to linear sRGB: its primaries adapted by Bradford's matrix, inverted. */
const toSrgb: Matrix = [
  3.1338561, -1.6168667, -0.4906146, -0.9787684, 1.9161415, 0.033454, 0.0719453, -0.2289914, 1.4052427,
]

/** RGBA, or grey as RGBA, to sRGB in place, relative colorimetric: white becomes white. */
export function simpleConversion(profile: SimpleProfile): (pixels: Uint8Array) => void {
  if (profile.space === 'grey') return greyConversion(profile.curve)
  const { curves, primaries } = profile
  const entry = (row: number, column: 0 | 1 | 2) =>
    primaries[column].reduce((sum, value, at) => sum + (toSrgb[3 * row + at] ?? 0) * value, 0)
  const row = (at: number) => [entry(at, 0), entry(at, 1), entry(at, 2)] as const
  return matrixConversion(curves, [...row(0), ...row(1), ...row(2)])
}
