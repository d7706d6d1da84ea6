import type { Header } from '@sluice/core'
import type { Size } from '../codec.js'
import type { Price } from '../limits.js'

// Above what any of the honest files measured took; headroom comes on top. The kernel's assembly/fuel.ts says what a unit is.
const START = 1e6

/** Fuel for each millisecond that an image may take. Of JPEG most is for scans that are empty, which are the quickest. */
const perMs = { jpeg: 800_000, png: 140_000, gif: 100_000, resize: 200_000 }

/** Decoding and scaling a JPEG. */
export function jpegPrice({ width, height, scans }: Header, bytes: number): Price {
  return { fuel: START + (4 * scans + 8) * width * height + bytes, perMs: perMs.jpeg }
}

/** Decoding and scaling a PNG: 16 bits have 8 bytes a pixel. */
export function pngPrice({ totalPixels }: Header, bytes: number): Price {
  return { fuel: START + 24 * totalPixels + 4 * bytes, perMs: perMs.png }
}

/** Decoding and scaling a GIF. */
export function gifPrice({ totalPixels }: Header, bytes: number): Price {
  return { fuel: START + 16 * totalPixels + 4 * bytes, perMs: perMs.gif }
}

/** Resizing. */
export function resizePrice(from: Size, to: Size): Price {
  const fuel = START + 4 * from.width * from.height + 20 * to.width * to.height
  return { fuel, perMs: perMs.resize }
}
