/// <reference path="./gifenc.d.ts" />
import { quantize } from 'gifenc'
import { CLEAR } from '../../pixels/colour-table.js'

export interface Quantised {
  readonly colours: readonly number[]
  readonly places: Uint8Array
}

/**
 * The library sorts colours into bins by 5, 6 and 5 bits and compares each with all: of more bins than these (a second and
 * more for one frame) it takes those of 4, 4 and 4 bits. With so many colours that makes hardly a difference to the eye.
 */
const MANY_BINS = 8192

/**
 * 255 colours that stand for many (gifenc's pairwise nearest neighbours), place 0 being transparent. Each pixel gets the
 * nearest, searched once for all colours that agree in 5, 6 and 5 bits.
 */
export function quantise(wanted: Uint32Array, shown: Uint32Array): Quantised {
  const { drawn, bins } = changesOf(wanted, shown)
  const format = bins > MANY_BINS ? 'rgb444' : 'rgb565'
  const chosen = quantize(new Uint8Array(drawn.buffer), 255, { format })
  const colours = [
    CLEAR,
    ...chosen.map(([r = 0, g = 0, b = 0]) => (0xff000000 | (b << 16) | (g << 8) | r) >>> 0),
  ]
  const known = new Uint8Array(65_536)
  const places = new Uint8Array(wanted.length)
  for (let pixel = 0; pixel < wanted.length; pixel++) {
    const colour = wanted[pixel] ?? CLEAR
    if (colour === CLEAR || colour === shown[pixel]) continue
    const key = binOf(colour)
    const place = known[key] || nearest(colours, colour)
    known[key] = place
    places[pixel] = place
  }
  return { colours, places }
}

/** The first 5, 6 and 5 bits of red, green and blue. */
const binOf = (colour: number) =>
  ((colour & 0xf8) << 8) | ((colour & 0xfc00) >> 5) | ((colour & 0xf80000) >> 19)

/** The colours of the pixels that change, in a buffer of their own, and how many bins they are in. */
function changesOf(wanted: Uint32Array, shown: Uint32Array) {
  const drawn = new Uint32Array(wanted.length)
  const seen = new Uint8Array(65_536)
  let count = 0
  let bins = 0
  for (let pixel = 0; pixel < wanted.length; pixel++) {
    const colour = wanted[pixel] ?? CLEAR
    if (colour === CLEAR || colour === shown[pixel]) continue
    drawn[count++] = colour
    const bin = binOf(colour)
    if (seen[bin] === 0) bins += 1
    seen[bin] = 1
  }
  return { drawn: drawn.slice(0, count), bins }
}

/** How far colours are apart is weighed roughly as the eye does: red 2, green 4, blue 3. */
function nearest(colours: readonly number[], colour: number): number {
  let best = 1
  let least = Number.POSITIVE_INFINITY
  for (let place = 1; place < colours.length; place++) {
    const other = colours[place] ?? 0
    const r = (colour & 255) - (other & 255)
    const g = ((colour >> 8) & 255) - ((other >> 8) & 255)
    const b = ((colour >> 16) & 255) - ((other >> 16) & 255)
    const distance = 2 * r * r + 4 * g * g + 3 * b * b
    if (distance < least) {
      least = distance
      best = place
    }
  }
  return best
}
