import type { Header } from '@sluice/core'
import type { Size } from '../codec.js'

// Above what any of the honest files measured took; headroom comes on top. The kernel's assembly/fuel.ts says what a unit is.
const START = 1e6

/** Fuel that decoding and scaling a JPEG takes at most. */
export function jpegPrice({ width, height, scans }: Header, bytes: number): number {
  return START + (4 * scans + 8) * width * height + bytes
}

/** Fuel that decoding and scaling a PNG takes at most: 16 bits have 8 bytes a pixel. */
export function pngPrice({ totalPixels }: Header, bytes: number): number {
  return START + 24 * totalPixels + 4 * bytes
}

/** Fuel that decoding and scaling a GIF takes at most. */
export function gifPrice({ totalPixels }: Header, bytes: number): number {
  return START + 16 * totalPixels + 4 * bytes
}

/** Fuel that resizing takes at most. */
export function resizePrice(from: Size, to: Size): number {
  return START + 4 * from.width * from.height + 20 * to.width * to.height
}
