import type { Area } from '../../pixels/area.js'
import { TRANSPARENT } from '../../pixels/colour-table.js'
import { distance, ONE_LEVEL, SortedColours } from './nearest.js'
import { BINS, binOf, quantise } from './quantise.js'

/** By what factor the mean error of a frame may exceed that of the frame whose colours were chosen. */
const GROWTH = 1.15

/**
 * 255 colours that stand for many, index 0 being transparent. One serves all frames of a picture: its colours are kept from
 * frame to frame as long as they stand for the new ones about as well. Most frames then need no new choice, and what looks
 * the same stays the same, instead of flickering from one choice to the next.
 */
export class Palette {
  #chosen: SortedColours | undefined
  /** By bin, the index of the colour nearest to the first one that was seen in it. 0 where none was seen. */
  readonly #indices = new Uint8Array(BINS)
  /** The largest mean error that is no reason for a new choice. */
  #allowed = 0
  /** What all choices so far have cost, as `quantise` counts it. */
  pairs = 0

  /** `0xffbbggrr`, those of the last indices. */
  get colours(): readonly number[] {
    return [...(this.#chosen?.colours ?? [])]
  }

  /** An index for each pixel, 0 where nothing changes. */
  indicesOf(
    target: Area,
    canvas: Uint32Array,
    into: Uint8Array = new Uint8Array(target.width * target.height),
  ): Uint8Array {
    const indices = into.subarray(0, target.width * target.height).fill(0)
    if (this.#chosen && this.#fill(indices, this.#chosen, target, canvas) <= this.#allowed) return indices
    const { colours, pairs } = quantise(target, canvas)
    const chosen = new SortedColours(colours)
    this.pairs += pairs
    this.#chosen = chosen
    this.#indices.fill(0)
    this.#allowed = Math.max(ONE_LEVEL, GROWTH * this.#fill(indices, chosen, target, canvas))
    return indices
  }

  /** @returns the mean error of the pixels that change; of every fourth of them, which tells enough */
  #fill(indices: Uint8Array, chosen: SortedColours, target: Area, canvas: Uint32Array): number {
    const { words, stride, start, width, height } = target
    const known = this.#indices
    let sum = 0
    let count = 0
    let index = 1
    for (let row = 0, to = 0; row < height; row++) {
      const from = start + row * stride
      for (let at = from; at < from + width; at++, to++) {
        const colour = words[at] ?? TRANSPARENT
        if (colour === TRANSPARENT || colour === canvas[at]) continue
        const bin = binOf(colour)
        index = known[bin] || chosen.nearest(colour, index)
        known[bin] = index
        indices[to] = index
        if ((count++ & 3) === 0) sum += distance(colour, chosen.at(index))
      }
    }
    return sum / Math.max(1, Math.ceil(count / 4))
  }
}
