/**
 * Quality on libwebp's scale against quantiser index (RFC 6386, section 9.6), by equal bytes of libwebp's method 6.
 * `perActivity`: by how much the index is higher for each unit that a picture is busier than TYPICAL_ACTIVITY. Fitted to
 * the photographs of benchmarks/encoder/fit-quality.mjs; the jump between 75 and 82 is libwebp's own.
 */
const SCALE = [
  { quality: 0, index: 127, perActivity: 0 },
  { quality: 20, index: 57, perActivity: 0.17 },
  { quality: 40, index: 40.2, perActivity: 0.3 },
  { quality: 50, index: 34.3, perActivity: 0.24 },
  { quality: 60, index: 29.2, perActivity: 0.2 },
  { quality: 70, index: 25.1, perActivity: 0.2 },
  { quality: 75, index: 23.2, perActivity: 0.18 },
  { quality: 82, index: 15.1, perActivity: 0.09 },
  { quality: 88, index: 9, perActivity: 0.06 },
  { quality: 93, index: 3.8, perActivity: 0 },
  { quality: 97, index: 1.5, perActivity: 0 },
  { quality: 100, index: 0, perActivity: 0 },
] as const

const TYPICAL_ACTIVITY = 58
/** Beyond this distance the fit had no pictures. */
const ACTIVITY_RANGE = 15

/** Index of 0 to 127, fractions included, for a quality of 0 to 100 and the survey's mean activity. */
export function quantiserIndex(quality: number, activity: number): number {
  const above = Math.max(
    1,
    SCALE.findIndex(point => quality <= point.quality),
  )
  const [a, b] = [SCALE[above - 1], SCALE[above]]
  if (!a || !b) return 0
  const share = (quality - a.quality) / (b.quality - a.quality)
  const between = (x: number, y: number) => x + (y - x) * share
  const busier = Math.max(-ACTIVITY_RANGE, Math.min(ACTIVITY_RANGE, activity - TYPICAL_ACTIVITY))
  const index = between(a.index, b.index) + between(a.perActivity, b.perActivity) * busier
  return Math.max(0, Math.min(127, index))
}
