import type { Area } from './area.js'

/**
 * No colour: nothing is drawn there. A drawn colour is `0xffbbggrr`, as a little-endian word of RGBA reads.
 */
export const TRANSPARENT = 0

const SLOTS = 4096

/**
 * Up to 256 colours, each with its index: a hash table with open addressing and linear probing, at most a
 * sixteenth full. Place 0 is kept for what is transparent where that is asked for.
 */
export class ColourTable {
  readonly colours: number[] = []
  readonly #keys = new Uint32Array(SLOTS)
  readonly #indices = new Uint8Array(SLOTS)

  /** @param transparent keeps index 0 free */
  constructor(readonly transparent: boolean) {
    this.clear()
  }

  clear(): void {
    this.#keys.fill(TRANSPARENT)
    this.colours.length = 0
    if (this.transparent) this.colours.push(TRANSPARENT)
  }

  /**
   * Fills in those of `indices` that are 0, one for each pixel of the area; colours that are missing are added.
   * What is TRANSPARENT stays 0, and so does what is the same in `canvas`, a picture of the same size.
   * @returns false, and the table is as it was, where they would be more than 256
   */
  fill(
    { words, stride, start, width, height }: Area,
    indices: Uint8Array,
    canvas?: Uint32Array | undefined,
  ): boolean {
    const before = this.colours.length
    let last = TRANSPARENT
    let index = 0
    for (let row = 0, to = 0; row < height; row++) {
      const from = start + row * stride
      for (let at = from; at < from + width; at++, to++) {
        if (indices[to] !== 0) continue
        const colour = words[at] ?? TRANSPARENT
        // Never read beyond its end: numbers of 32 bits that may be undefined are objects, a hundred million of them.
        if (canvas !== undefined && colour === canvas[at]) continue
        if (colour !== last) {
          index = colour === TRANSPARENT ? 0 : this.indexOf(colour)
          if (index < 0) {
            this.#shrink(before)
            return false
          }
          last = colour
        }
        indices[to] = index
      }
    }
    return true
  }

  /** The index of a colour that is not TRANSPARENT, added if it is new; -1 where there is no room. */
  indexOf(colour: number): number {
    let slot = Math.imul(colour, 0x9e3779b1) >>> 20
    while (this.#keys[slot] !== colour) {
      if (this.#keys[slot] === TRANSPARENT) return this.#add(colour, slot)
      slot = (slot + 1) % SLOTS
    }
    return this.#indices[slot] ?? 0
  }
  #add(colour: number, slot: number): number {
    if (this.colours.length === 256) return -1
    this.#keys[slot] = colour
    this.#indices[slot] = this.colours.length
    return this.colours.push(colour) - 1
  }
  #shrink(length: number): void {
    const kept = this.colours.slice(this.transparent ? 1 : 0, length)
    this.clear()
    for (const colour of kept) this.indexOf(colour)
  }
}

/** Whether a picture has at most 255 colours besides what cannot be seen. */
export function hasFewColours(words: Uint32Array): boolean {
  const table = new ColourTable(true)
  for (const word of words) if (word >>> 24 !== 0 && table.indexOf(word) < 0) return false
  return true
}
