/// <reference path="./gifenc.d.ts" />
import { quantize } from 'gifenc'
import { CLEAR } from '../../pixels/colour-table.js'

export interface Quantised {
  readonly colours: readonly number[]
  readonly places: Uint8Array
}

/**
 * 255 colours that stand for many (gifenc's pairwise nearest neighbours), place 0 being transparent. Each pixel gets the
 * nearest, searched once for all colours that agree in 5, 6 and 5 bits.
 */
export function quantise(wanted: Uint32Array, shown: Uint32Array): Quantised {
  const drawn = wanted.filter((colour, pixel) => colour !== CLEAR && colour !== shown[pixel])
  const chosen = quantize(new Uint8Array(drawn.buffer), 255, { format: 'rgb565' })
  const colours = [
    CLEAR,
    ...chosen.map(([r = 0, g = 0, b = 0]) => (0xff000000 | (b << 16) | (g << 8) | r) >>> 0),
  ]
  const known = new Uint8Array(65_536)
  const places = wanted.map((colour, pixel) => {
    if (colour === CLEAR || colour === shown[pixel]) return 0
    const key = ((colour & 0xf8) << 8) | ((colour & 0xfc00) >> 5) | ((colour & 0xf80000) >> 19)
    const place = known[key] || nearest(colours, colour)
    known[key] = place
    return place
  })
  return { colours, places: Uint8Array.from(places) }
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
