import { TRANSPARENT } from '../../pixels/colour-table.js'

/** What one level in each channel comes to, by `distance`. */
export const ONE_LEVEL = 9
const GREEN = 4

/** Squared, and weighed roughly as the eye does: red 2, green 4, blue 3. */
export function distance(colour: number, other: number): number {
  const r = (colour & 255) - (other & 255)
  const g = greenOf(colour) - greenOf(other)
  const b = ((colour >> 16) & 255) - ((other >> 16) & 255)
  return 2 * r * r + GREEN * g * g + 3 * b * b
}

const greenOf = (colour: number) => (colour >> 8) & 255

/** Colours sorted by green, so that a search can start at the green it looks for, and end where green alone is too far. */
export class SortedColours {
  /** `0xffbbggrr`, by index; TRANSPARENT first. */
  readonly colours: Uint32Array
  /** By green, the first index that has no less. */
  readonly #starts = new Uint16Array(256)

  constructor(chosen: readonly number[]) {
    const sorted = [...chosen].sort((a, b) => greenOf(a) - greenOf(b))
    this.colours = Uint32Array.of(TRANSPARENT, ...sorted)
    for (let green = 0, index = 1; green < 256; green++) {
      while (index < this.colours.length && greenOf(this.at(index)) < green) index += 1
      this.#starts[green] = index
    }
  }

  at(index: number): number {
    return this.colours[index] ?? TRANSPARENT
  }

  /**
   * The index, not 0, of the nearest colour.
   * @param guess an index that may be near: the better it is, the fewer are looked at
   */
  nearest(colour: number, guess: number): number {
    const green = greenOf(colour)
    const start = this.#starts[green] ?? 1
    const best = this.#along(colour, start, 1, guess)
    return this.#along(colour, start - 1, -1, best)
  }

  #along(colour: number, start: number, step: 1 | -1, guess: number): number {
    const green = greenOf(colour)
    let best = guess
    let least = distance(colour, this.at(guess))
    for (let index = start; index > 0 && index < this.colours.length; index += step) {
      const other = this.at(index)
      if (GREEN * (greenOf(other) - green) ** 2 >= least) break
      const far = distance(colour, other)
      if (far >= least) continue
      least = far
      best = index
    }
    return best
  }
}
