import type { SimpleProfile, Xyz } from './icc-profile.js'
import type { Curve } from './matrix-conversion.js'
import { toLight } from './srgb.js'

/** Primaries of sRGB as a profile holds them, adapted to D50 (ICC's sRGB.icc). */
const primaries: readonly Xyz[] = [
  [0.4361, 0.2225, 0.0139],
  [0.3851, 0.7169, 0.0971],
  [0.1431, 0.0606, 0.7141],
]
const primaryTolerance = 0.002
/** In light, 0..1: below one step of 8 bits everywhere but in the darkest few. */
const curveTolerance = 0.003

/** Whether a profile is sRGB by its content, whatever it is called. */
export function isSrgb(profile: SimpleProfile): boolean {
  if (profile.space === 'grey') return isSrgbCurve(profile.curve)
  return profile.curves.every(isSrgbCurve) && profile.primaries.every((xyz, at) => isNear(xyz, primaries[at]))
}

function isNear(xyz: Xyz, wanted: Xyz | undefined): boolean {
  return xyz.every((value, at) => Math.abs(value - (wanted?.[at] ?? 0)) <= primaryTolerance)
}

/** Compares a curve with that of sRGB at 33 points. */
function isSrgbCurve(curve: Curve): boolean {
  for (let step = 0; step <= 32; step++)
    if (!(Math.abs(curve(step / 32) - toLight(step / 32)) <= curveTolerance)) return false
  return true
}
