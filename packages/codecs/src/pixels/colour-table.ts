/**
 * No colour: nothing is drawn there. A drawn colour is `0xffbbggrr`, as a little-endian word of RGBA reads.
 */
export const CLEAR = 0

const SLOTS = 4096

/**
 * Up to 256 colours, each with its place: a hash table with open addressing and linear probing, at most a
 * sixteenth full. Place 0 is kept for what is transparent where that is asked for.
 */
export class ColourTable {
  readonly colours: number[] = []
  readonly #keys = new Uint32Array(SLOTS)
  readonly #places = new Uint8Array(SLOTS)

  /** @param transparent keeps place 0 free */
  constructor(readonly transparent: boolean) {
    if (transparent) this.colours.push(CLEAR)
  }

  /**
   * The places of colours; what is missing is added. CLEAR has place 0, and so has what is the same in
   * `shown`.
   * @returns undefined, and the table is as it was, where they would be more than 256
   */
  placesOf(wanted: Uint32Array, shown: Uint32Array): Uint8Array | undefined {
    const before = this.colours.length
    const places = new Uint8Array(wanted.length)
    let last = CLEAR
    let place = 0
    for (let at = 0; at < wanted.length; at++) {
      const colour = wanted[at] ?? CLEAR
      if (colour === shown[at]) continue
      if (colour !== last) {
        place = colour === CLEAR ? 0 : this.placeOf(colour)
        if (place < 0) {
          this.#shrink(before)
          return undefined
        }
        last = colour
      }
      places[at] = place
    }
    return places
  }

  /** The place of a colour that is not CLEAR, added if it is new; -1 where there is no room. */
  placeOf(colour: number): number {
    let slot = Math.imul(colour, 0x9e3779b1) >>> 20
    while (this.#keys[slot] !== colour) {
      if (this.#keys[slot] === CLEAR) return this.#add(colour, slot)
      slot = (slot + 1) % SLOTS
    }
    return this.#places[slot] ?? 0
  }
  #add(colour: number, slot: number): number {
    if (this.colours.length === 256) return -1
    this.#keys[slot] = colour
    this.#places[slot] = this.colours.length
    return this.colours.push(colour) - 1
  }
  #shrink(length: number): void {
    const kept = this.colours.splice(0).slice(this.transparent ? 1 : 0, length)
    this.#keys.fill(CLEAR)
    if (this.transparent) this.colours.push(CLEAR)
    for (const colour of kept) this.placeOf(colour)
  }
}

/** Whether a picture has at most 255 colours besides what cannot be seen. */
export function hasFewColours(words: Uint32Array): boolean {
  const table = new ColourTable(true)
  for (const word of words) if (word >>> 24 !== 0 && table.placeOf(word) < 0) return false
  return true
}
