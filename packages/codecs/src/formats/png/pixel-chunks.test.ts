import { expect, test } from 'vitest'
import { makePng } from '../../testing/images/png.js'
import { onlyPixelChunks } from './pixel-chunks.js'

test('a PNG is left with its pixels, byte for byte', () => {
  const picture = { width: 2, height: 1, pixels: Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 128) }
  const turned = makePng(picture, 6)
  const upright = makePng(picture)
  expect(turned.length).toBeGreaterThan(upright.length)
  expect(onlyPixelChunks(turned)).toEqual(upright)
  expect(onlyPixelChunks(upright)).toEqual(upright)
})
