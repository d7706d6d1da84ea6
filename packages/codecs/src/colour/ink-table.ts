import type { InkTable } from '@sluice/kernel'
import type { Conversion } from '../codec.js'

/** As many as Little CMS takes for four inks; without a profile the conversion is a product, for which two are exact. */
const nodes = 17

/** What a conversion makes of inks, at the nodes of a grid: black runs fastest. */
export function makeInkTable({ convert }: Conversion): InkTable {
  const pixels = new Uint8Array(4 * nodes ** 4)
  for (let at = 0; at < pixels.length; at++) {
    const step = Math.floor((at >> 2) / nodes ** (3 - (at & 3))) % nodes
    pixels[at] = Math.round((255 * step) / (nodes - 1))
  }
  return { nodes, colours: convert({ width: nodes ** 2, height: nodes ** 2, pixels }).pixels }
}
