import { expect, test } from 'vitest'
import { thumb8, thumbDistance } from './thumb8.mjs'

const filled = (width: number, height: number, colour: readonly number[]) => ({
  width,
  height,
  pixels: Uint8Array.from({ length: 4 * width * height }, (_, at) => colour[at % 4] ?? 0),
})

test('a flat picture of any size has a flat thumb', () => {
  for (const [width, height] of [
    [1, 1],
    [3, 5],
    [8, 8],
    [101, 17],
  ] as const)
    expect(new Set(thumb8(filled(width, height, [7, 7, 7, 7])))).toEqual(new Set([7]))
})

test('a cell holds the mean of what it covers, weighed by area and alpha', () => {
  // Twelve pixels for eight cells: the second cell covers half of pixel 1 and all of pixel 2.
  const picture = filled(12, 1, [0, 0, 0, 255])
  picture.pixels.set([90, 0, 0, 255], 4)
  picture.pixels.set([30, 0, 0, 255], 8)
  expect(thumb8(picture).subarray(4, 8)).toEqual(Uint8Array.of(50, 0, 0, 255))
  picture.pixels.set([90, 0, 0, 0], 4)
  expect(thumb8(picture).subarray(4, 8)).toEqual(Uint8Array.of(30, 0, 0, 170))
})

test('colours count as far as both are seen, alpha always', () => {
  const one = thumb8(filled(8, 8, [100, 0, 0, 255]))
  expect(thumbDistance(one, thumb8(filled(8, 8, [40, 0, 0, 255])))).toBe(60)
  expect(thumbDistance(one, thumb8(filled(8, 8, [0, 0, 0, 51])))).toBe(204)
})
