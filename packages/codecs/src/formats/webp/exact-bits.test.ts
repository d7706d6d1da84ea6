import { expect, test } from 'vitest'
import { estimateExactBits } from './exact-bits.js'

/** Colours by place. */
function picture(colourAt: (x: number, y: number) => number) {
  const [width, height] = [64, 64]
  const words = Uint32Array.from({ length: width * height }, (_, at) =>
    colourAt(at % width, Math.floor(at / width)),
  )
  return { width, height, pixels: new Uint8Array(words.buffer) }
}

const noise = picture((x, y) => (0xff000000 | Math.imul(x * 64 + y + 1, 0x9e3779b1)) >>> 0)
const tiles = picture((x, y) => (0xff000000 | Math.imul((x % 8) * 8 + (y % 8) + 1, 0x85ebca6b)) >>> 0)

test('what one picture left is of no use to the next: each is as if it were the first', () => {
  const [alone, repetitive] = [estimateExactBits(noise), estimateExactBits(tiles)]
  expect(alone).toBeGreaterThan(3 * repetitive)
  expect([tiles, noise, noise, tiles].map(estimateExactBits)).toEqual([repetitive, alone, alone, repetitive])
})
