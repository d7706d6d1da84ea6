import type { Orientation } from '@sluice/core'
import { expect, test } from 'vitest'
import type { Picture } from '../codec.js'
import { orient, storedRectangle, turnSize } from './orient.js'

/** Three by two pixels, numbered in reading order. */
const stored = numbered(3, 2)

// Rows of the upright picture, after the figures of EXIF 2.32, 4.6.4 A.
const upright: Readonly<Record<Orientation, readonly (readonly number[])[]>> = {
  1: [
    [0, 1, 2],
    [3, 4, 5],
  ],
  2: [
    [2, 1, 0],
    [5, 4, 3],
  ],
  3: [
    [5, 4, 3],
    [2, 1, 0],
  ],
  4: [
    [3, 4, 5],
    [0, 1, 2],
  ],
  5: [
    [0, 3],
    [1, 4],
    [2, 5],
  ],
  6: [
    [3, 0],
    [4, 1],
    [5, 2],
  ],
  7: [
    [5, 2],
    [4, 1],
    [3, 0],
  ],
  8: [
    [2, 5],
    [1, 4],
    [0, 3],
  ],
}
const orientations = Object.keys(upright).map(Number) as Orientation[]

test.each(orientations)('orientation %i', orientation => {
  expect(rows(orient(stored, orientation))).toEqual(upright[orientation])
})

test.each(orientations)('a rectangle of orientation %i shows the same pixels', orientation => {
  const size = turnSize(stored, orientation)
  const wanted = { x: 1, y: 0, width: size.width - 1, height: 1 }
  const part = cut(stored, storedRectangle(wanted, stored, orientation))
  expect(rows(orient(part, orientation))).toEqual(rows(cut(orient(stored, orientation), wanted)))
})

test('pixels at an odd offset are read rightly', () => {
  const shifted = new Uint8Array(25)
  shifted.set(stored.pixels, 1)
  expect(rows(orient({ ...stored, pixels: shifted.subarray(1) }, 3))).toEqual(upright[3])
})

function numbered(width: number, height: number): Picture {
  const pixels = new Uint8Array(4 * width * height)
  for (let n = 0; n < width * height; n++) pixels[4 * n] = n
  return { width, height, pixels }
}

function rows({ width, height, pixels }: Picture): number[][] {
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => pixels[4 * (y * width + x)] ?? -1),
  )
}

function cut(
  picture: Picture,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
) {
  const pixels = new Uint8Array(4 * width * height)
  for (let row = 0; row < height; row++) {
    const from = 4 * ((y + row) * picture.width + x)
    pixels.set(picture.pixels.subarray(from, from + 4 * width), 4 * row * width)
  }
  return { width, height, pixels }
}
