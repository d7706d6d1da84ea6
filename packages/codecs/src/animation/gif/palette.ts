/// <reference path="./gifenc.d.ts" />
import { quantize } from 'gifenc'
import type { Palette } from './blocks.js'

/** Colours with their places, exact where they are few enough, else the nearest of a chosen few. */
export interface Colours {
  readonly palette: Palette
  indexOf(colour: number): number
}

const MAX_COLOURS = 255

/**
 * A palette for opaque colours: all of them if there are at most 255, else 255 that stand for them (gifenc's pairwise
 * nearest neighbours). One place stays free for what is transparent.
 * @param colours `0xrrggbb` of each pixel
 */
export function coloursFor(colours: Uint32Array): Colours {
  const places = new Map<number, number>()
  for (const colour of colours) {
    if (places.has(colour)) continue
    if (places.size === MAX_COLOURS) return nearestOf(chosen(colours))
    places.set(colour, places.size)
  }
  return { palette: [...places.keys()], indexOf: colour => places.get(colour) ?? 0 }
}

function chosen(colours: Uint32Array): Palette {
  const rgba = new Uint8Array(4 * colours.length)
  colours.forEach((colour, pixel) => {
    rgba[4 * pixel] = colour >>> 16
    rgba[4 * pixel + 1] = colour >>> 8
    rgba[4 * pixel + 2] = colour
    rgba[4 * pixel + 3] = 255
  })
  return quantize(rgba, MAX_COLOURS, { format: 'rgb565' }).map(
    ([r = 0, g = 0, b = 0]) => (r << 16) | (g << 8) | b,
  )
}

/** Looks each colour up once; how far colours are apart is weighed as the eye does (red 2, green 4, blue 3). */
function nearestOf(palette: Palette): Colours {
  const known = new Map<number, number>()
  const search = (colour: number) => {
    let best = 0
    let least = Number.POSITIVE_INFINITY
    for (let index = 0; index < palette.length; index++) {
      const other = palette[index] ?? 0
      const r = (colour >> 16) - (other >> 16)
      const g = ((colour >> 8) & 255) - ((other >> 8) & 255)
      const b = (colour & 255) - (other & 255)
      const distance = 2 * r * r + 4 * g * g + 3 * b * b
      if (distance < least) {
        least = distance
        best = index
      }
    }
    return best
  }
  return {
    palette,
    indexOf(colour) {
      const place = known.get(colour)
      if (place !== undefined) return place
      const found = search(colour)
      known.set(colour, found)
      return found
    },
  }
}
