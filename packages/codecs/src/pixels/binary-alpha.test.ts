import { expect, test } from 'vitest'
import { thresholdAlpha } from './binary-alpha.js'

const picture = (...pixels: number[][]) => ({
  width: pixels.length,
  height: 1,
  pixels: Uint8Array.from(pixels.flat()),
})

test('half and more is opaque, less is nothing, whatever its colour', () => {
  const soft = picture([1, 2, 3, 255], [1, 2, 3, 128], [1, 2, 3, 127], [9, 9, 9, 0])
  const before = soft.pixels.slice()
  expect(thresholdAlpha(soft)).toEqual({
    words: Uint32Array.of(0xff030201, 0xff030201, 0, 0),
    covered: false,
  })
  expect(soft.pixels).toEqual(before)
})

test('what is opaque, or opaque and nothing, is not copied', () => {
  const opaque = picture([1, 2, 3, 255], [4, 5, 6, 255])
  expect(thresholdAlpha(opaque).words.buffer).toBe(opaque.pixels.buffer)
  expect(thresholdAlpha(opaque).covered).toBe(true)
  const holed = picture([1, 2, 3, 255], [0, 0, 0, 0])
  expect(thresholdAlpha(holed).words.buffer).toBe(holed.pixels.buffer)
  expect(thresholdAlpha(holed).covered).toBe(false)
})

test('half opaque everywhere becomes opaque', () => {
  const { words } = thresholdAlpha(picture([1, 2, 3, 200], [4, 5, 6, 200]))
  expect(words).toEqual(Uint32Array.of(0xff030201, 0xff060504))
})
