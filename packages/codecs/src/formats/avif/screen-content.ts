import type { Picture } from '../../codec.js'

/** Of blocks, and the colours that one may have, by the estimate of libaom 3.7. */
const side = 16
const maxColours = 4
/** Libaom asks for a tenth. Its brightness is rounded otherwise, so that a little less counts here. */
const share = 1 / 12

/**
 * Whether libaom will take a picture for screen content: enough blocks of few shades, but more than one. Then
 * it searches for repetitions, which takes the longer the more there are.
 */
export function isScreenContent({ pixels, width, height }: Picture): boolean {
  let found = 0
  for (let y = 0; y + side <= height; y += side)
    for (let x = 0; x + side <= width; x += side) {
      const shades = shadesOf(pixels, 4 * (y * width + x), 4 * width)
      if (shades > 1 && shades <= maxColours) found += 1
    }
  return found * side * side > width * height * share
}

/** How many there are in a block, up to one more than `maxColours`. */
function shadesOf(pixels: Uint8Array, block: number, stride: number): number {
  const seen: number[] = []
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const shade = brightness(pixels, block + row * stride + 4 * column)
      if (seen.includes(shade)) continue
      seen.push(shade)
      if (seen.length > maxColours) return seen.length
    }
  return seen.length
}

/** ITU-R BT.601, 0 to 255. */
function brightness(pixels: Uint8Array, at: number): number {
  return Math.round(0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0))
}
