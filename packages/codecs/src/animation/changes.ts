import type { Rectangle } from '@sluice/core'
import type { Picture } from '../codec.js'

/** The smallest rectangle that holds every pixel for which `differs` says so; undefined where there is none. */
export function boundingBox(
  { width, height }: { readonly width: number; readonly height: number },
  differs: (pixel: number) => boolean,
): Rectangle | undefined {
  let left = width
  let right = -1
  let top = height
  let bottom = -1
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (!differs(y * width + x)) continue
      if (x < left) left = x
      if (x > right) right = x
      if (y < top) top = y
      bottom = y
    }
  return bottom < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }
}

/** One 32-bit word a pixel, to compare them at once. */
export function wordsOf({ pixels }: Picture): Uint32Array {
  return pixels.byteOffset % 4 === 0
    ? new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4)
    : new Uint32Array(pixels.slice().buffer)
}

/** A part of a picture. The rectangle is of whole pixels and lies within it. */
export function cut(picture: Picture, { x, y, width, height }: Rectangle): Picture {
  const pixels = new Uint8Array(4 * width * height)
  for (let line = 0; line < height; line++) {
    const from = 4 * ((y + line) * picture.width + x)
    pixels.set(picture.pixels.subarray(from, from + 4 * width), 4 * line * width)
  }
  return { width, height, pixels }
}
