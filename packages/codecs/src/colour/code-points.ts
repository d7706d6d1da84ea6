import type { CodePoints } from '@sluice/core'
import { type Curve, type Matrix, matrixConversion } from './matrix-conversion.js'
import { toLight } from './srgb.js'

/** Linear RGB of each set of primaries (H.273, table 2) to linear sRGB; all have the white point D65. */
const matrices: Readonly<Record<number, Matrix>> = {
  1: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  // Unspecified: most files are sRGB.
  2: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  // BT.601 for 625 lines, and for 525.
  5: [1.044, -0.044, 0, 0, 1, 0, 0, 0.0118, 0.9882],
  6: [0.9395, 0.0502, 0.0103, 0.0178, 0.9658, 0.0164, -0.0016, -0.0044, 1.006],
  // BT.2020
  9: [1.6605, -0.5876, -0.0728, -0.1246, 1.1329, -0.0083, -0.0182, -0.1006, 1.1187],
  // Display P3
  12: [1.2249, -0.2247, 0, -0.042, 1.0419, 0, -0.0197, -0.0786, 1.0979],
}

/** Stored value to light (H.273, table 3). BT.709 and its kin are shown by displays as sRGB is. */
const transfers: Readonly<Record<number, Curve>> = {
  1: toLight,
  2: toLight,
  4: value => value ** 2.2,
  5: value => value ** 2.8,
  6: toLight,
  8: value => value,
  13: toLight,
  14: toLight,
  15: toLight,
}

/** PQ and HLG (BT.2100), whose light goes beyond that of sRGB. */
export const isHighDynamicRange = ({ transfer }: CodePoints) => transfer === 16 || transfer === 18

/** In place, to sRGB. Undefined for code points that are not known. */
export function codePointConversion({
  primaries,
  transfer,
}: CodePoints): ((pixels: Uint8Array) => void) | undefined {
  const matrix = matrices[primaries]
  const curve = transfers[transfer]
  if (!matrix || !curve) return undefined
  if (primaries <= 2 && curve === toLight) return () => {}
  return matrixConversion([curve, curve, curve], matrix)
}
