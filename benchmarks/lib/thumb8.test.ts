import { expect, test } from 'vitest'
import { thumb8 as other } from '../../test/support/thumb8.js'
// @ts-expect-error: plain JavaScript
import { thumb8, thumbDistance } from './thumb8.mjs'

/** Any numbers will do, as long as they are the same each time. */
const noise = (width: number, height: number) => {
  let state = 7
  const rgba = Uint8Array.from({ length: 4 * width * height }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return state >>> 24
  })
  return { width, height, rgba, pixels: rgba }
}

test.each([
  [1, 1],
  [3, 5],
  [8, 8],
  [101, 17],
])('a thumb of %i x %i is that of the other implementation', (width, height) => {
  const picture = noise(width, height)
  expect(thumbDistance(thumb8(picture), other(picture))).toBeLessThanOrEqual(1)
})

test('the distance weighs colours by how far both are seen', () => {
  const flat = (...colour: number[]) => Uint8Array.from({ length: 256 }, (_, i) => colour[i % 4] ?? 0)
  expect(thumbDistance(flat(100, 0, 0, 255), flat(40, 0, 0, 255))).toBe(60)
  expect(thumbDistance(flat(100, 0, 0, 255), flat(0, 0, 0, 0))).toBe(255)
  expect(thumbDistance(flat(100, 0, 0, 51), flat(0, 0, 0, 51))).toBeCloseTo(20)
})
