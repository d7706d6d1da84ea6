// How much is tried. Effort 0 to 6 trades time for bytes.

/** Earlier pixels that a match is looked for at; a match of niceLength is long enough. */
export let chainLimit: i32 = 64
export let niceLength: i32 = 256
/** Places near by from which copies are tried at every pixel, 0 to 16. */
export let nearTried: i32 = 12
/** How often the cheapest parse is found: by the costs of all, then by those of groups. */
export let parses: i32 = 2
export let groupParses: i32 = 1
/** The smallest tiles of groups, and the most groups that are begun. */
export let tileBitsLeast: i32 = 3
export let mostGroups: i32 = 128
/** How often tiles are assigned anew. */
export let refinements: i32 = 3
/** The smallest tiles of predictors, and how often these are chosen. */
export let predictBitsLeast: i32 = 3
export let predictPasses: i32 = 2
/** Tiles of the color transform. */
export let crossBitsLeast: i32 = 4

export function setEffort(effort: i32, n: i32): void {
  chainLimit = effort >= 6 ? 64 : effort >= 4 ? 32 : effort >= 2 ? 12 : 4
  niceLength = effort >= 5 ? 256 : effort >= 3 ? 128 : 32
  nearTried = effort >= 6 ? 12 : effort >= 4 ? 6 : 2
  parses = effort >= 6 ? (n < 1 << 16 ? 3 : 2) : effort >= 1 ? 1 : 0
  groupParses = effort >= 6 ? 1 : 0
  tileBitsLeast = n < 1 << 16 ? 2 : effort >= 4 ? 3 : 4
  mostGroups = effort >= 6 ? 128 : effort >= 4 ? 48 : 16
  predictBitsLeast = n <= 1 << 16 ? 2 : n <= 1 << 18 || effort >= 5 ? 3 : 4
  crossBitsLeast = n < 1 << 14 ? 3 : 4
  predictPasses = effort >= 6 ? 2 : 1
  refinements = effort >= 6 ? 3 : effort >= 3 ? 2 : 1
}
