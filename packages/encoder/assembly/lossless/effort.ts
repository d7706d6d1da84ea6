// How much is tried. Effort 0 to 6 trades time for bytes.

/** Earlier pixels that a match is looked for at; a match of niceLength is long enough. */
export let chainLimit: i32 = 0
export let niceLength: i32 = 0
/** Places near by from which copies are tried at every pixel, 0 to 16. */
export let nearTried: i32 = 0
/** How often the cheapest parse is found, by the costs of all and then by those of groups. */
export let parses: i32 = 0
export let groupParses: i32 = 0
/** The smallest tiles of groups, the most groups that are begun, and how often tiles are assigned anew. */
export let tileBitsLeast: i32 = 0
export let mostGroups: i32 = 0
export let refinements: i32 = 0
/** The smallest tiles of predictors, and how often these are chosen. */
export let predictBitsLeast: i32 = 0
export let predictPasses: i32 = 0
/** Of the 14 predictions those whose costs are computed for a tile; of others they are estimated. */
export let modesPriced: i32 = 0
/** Tiles of the color transform. */
export let crossBitsLeast: i32 = 0

/** Up to so many pixels, smaller tiles are tried, and more often. */
const SMALL: i32 = 1 << 16, MIDDLE: i32 = 1 << 18, LARGE: i32 = 1 << 17, TINY: i32 = 1 << 14

/** Whether the cheapest parse is looked for from no copies on too. */
export let bothStarts: bool = false

/** Whether what codes take is only estimated. */
export let onlyAbout: bool = false

/** Rows: efforts 0 to 6, and the quick look; columns in the order above. Measured with benchmarks/encoder/lossless.mjs. */
const EFFORTS: usize = memory.data<i32>([
  4, 32, 2, 0, 0, 4, 16, 1, 4, 1, 4, 0,
  4, 32, 2, 1, 0, 4, 16, 1, 4, 1, 4, 0,
  12, 32, 2, 1, 0, 4, 16, 1, 4, 1, 4, 0,
  12, 128, 2, 1, 0, 4, 16, 2, 4, 1, 5, 0,
  32, 128, 6, 1, 0, 3, 16, 1, 4, 1, 5, 0,
  32, 256, 6, 1, 0, 3, 48, 2, 3, 1, 8, 1,
  64, 256, 12, 2, 1, 3, 128, 3, 3, 2, 14, 1,
  4, 32, 2, 0, 0, 4, 1, 1, 4, 1, 4, 0,
])

const QUICK: i32 = 7

/** For comparisons of ways, where small tiles take most of the time and tell little. */
export function setQuickEffort(n: i32): void {
  setEffort(QUICK, n > TINY ? max(n, MIDDLE + 1) : n)
  onlyAbout = true
}

/** For a picture of n pixels. */
export function setEffort(effort: i32, n: i32): void {
  onlyAbout = false
  const row = EFFORTS + effort * 48
  chainLimit = load<i32>(row)
  niceLength = load<i32>(row, 4)
  nearTried = load<i32>(row, 8)
  parses = load<i32>(row, 12)
  groupParses = load<i32>(row, 16)
  tileBitsLeast = n < SMALL ? 2 : load<i32>(row, 20)
  mostGroups = load<i32>(row, 24)
  refinements = load<i32>(row, 28)
  predictBitsLeast = n <= SMALL ? 2 : n <= MIDDLE ? 3 : load<i32>(row, 32)
  predictPasses = load<i32>(row, 36)
  modesPriced = load<i32>(row, 40)
  bothStarts = n <= LARGE || load<i32>(row, 44) != 0
  crossBitsLeast = n < TINY ? 3 : 4
  if (n < SMALL && parses > 1) parses++
}
