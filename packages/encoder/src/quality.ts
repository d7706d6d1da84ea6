/** Quality on libwebp's scale against quantiser index, by equal bytes of method 6 over photographs. */
const SCALE: readonly (readonly [quality: number, index: number])[] = [
  [0, 127],
  [30, 52],
  [50, 37],
  [70, 27.4],
  [77, 22.6],
  [82, 17],
  [87, 11.5],
  [92, 6.2],
  [96, 2.4],
  [100, 0],
]

/** Index of RFC 6386, section 9.6 (0 to 127) for a quality of 0 to 100. */
export function quantiserIndex(quality: number): number {
  let below = SCALE[0]
  for (const point of SCALE) {
    if (below && quality <= point[0] && point[0] > below[0]) {
      const share = (quality - below[0]) / (point[0] - below[0])
      return Math.round(below[1] + (point[1] - below[1]) * share)
    }
    below = point
  }
  return 0
}
