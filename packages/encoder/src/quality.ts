/**
 * Quality on libwebp's scale against quantiser index (RFC 6386, section 9.6), by equal bytes of libwebp's method 6: the
 * index where nothing in a picture is flat, what is added in proportion to the share of flat macroblocks, and what is added
 * once more than NEARLY_ALL are flat, as on a blank page. libwebp gives flats finer steps the fewer busy places there are
 * beside them, which is why that share decides. The rows are what benchmarks/encoder/fit-quality.mjs
 * prints. The leap between 75 and 82 is libwebp's own.
 */
const SCALE = [
  { quality: 0, index: 127, flat: 0, blank: 0 },
  { quality: 20, index: 58.8, flat: -2.8, blank: -6.3 },
  { quality: 40, index: 43.1, flat: -5.1, blank: -2.6 },
  { quality: 50, index: 36.7, flat: -4.6, blank: -1.8 },
  { quality: 60, index: 31.6, flat: -3.6, blank: -2.9 },
  { quality: 70, index: 27, flat: -2.9, blank: -3.3 },
  { quality: 75, index: 24.8, flat: -2.6, blank: -2.9 },
  { quality: 78, index: 20.9, flat: -2, blank: -2.7 },
  { quality: 82, index: 16.5, flat: -1.7, blank: -2.1 },
  { quality: 85, index: 13.4, flat: -1.5, blank: -1.2 },
  { quality: 88, index: 10.2, flat: -1.3, blank: -1 },
  { quality: 93, index: 5, flat: -0.6, blank: 0.1 },
  { quality: 97, index: 1.7, flat: 0, blank: -0.2 },
  { quality: 100, index: 0, flat: 0, blank: 0 },
] as const

const NEARLY_ALL = 0.85

/** Index of 0 to 127, fractions included, for a quality of 0 to 100 and the survey's share of flat macroblocks. */
export function quantiserIndex(quality: number, flatShare: number): number {
  const above = Math.max(
    1,
    SCALE.findIndex(point => quality <= point.quality),
  )
  const [a, b] = [SCALE[above - 1], SCALE[above]]
  if (!a || !b) return 0
  const at = ({ index, flat, blank }: (typeof SCALE)[number]) =>
    index + flat * flatShare + blank * Math.max(0, (flatShare - NEARLY_ALL) / (1 - NEARLY_ALL))
  const share = (quality - a.quality) / (b.quality - a.quality)
  const index = at(a) + (at(b) - at(a)) * share
  return Math.max(0, Math.min(127, index))
}
