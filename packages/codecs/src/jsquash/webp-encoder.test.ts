import { expect, test } from 'vitest'
import type { EncodeOptions, Encoder, Frame } from '../codec.js'
import { decodeWebp } from '../sandbox/index.js'
import { drawingsLossless, only, webpEncoder } from './webp-encoder.js'

const budget = { timeMs: 60_000, headroom: 3, memoryMb: 128 }
const encode = (frame: Frame, encoder = drawingsLossless(webpEncoder)) => {
  const { width, height } = frame
  const options: EncodeOptions = { budget, width, height, quality: 82, effort: 4, frames: 1, plays: 1 }
  return encoder.encode(only(frame), options)
}
const made = (side: number, colourAt: (x: number, y: number) => readonly number[]): Frame => {
  const pixels = new Uint8Array(4 * side * side)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) pixels.set([...colourAt(x, y), 255], 4 * (y * side + x))
  return { width: side, height: side, pixels, durationMs: 0 }
}
const isLossless = (bytes: Uint8Array) => String.fromCharCode(...bytes.subarray(12, 16)) === 'VP8L'

test('a drawing comes back exactly, in fewer bytes', async () => {
  const drawing = made(96, (x, y) => (((x >> 3) + (y >> 4)) % 2 ? [255, 0, 0] : [0, 0, 255]))
  const bytes = await encode(drawing)
  expect(isLossless(bytes)).toBe(true)
  expect(bytes.length).toBeLessThan((await encode(drawing, webpEncoder)).length)
  const { pixels, release } = await decodeWebp(bytes, { memoryBytes: 2 ** 27, fuel: 1e9 })
  expect(pixels.every((value, at) => value === drawing.pixels[at])).toBe(true)
  release()
})

test('few colours without order are lossy where that is smaller', async () => {
  let state = 1
  const noise = made(96, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return [(state >>> 24) & 0xc0, (state >>> 16) & 0xc0, (state >>> 20) & 0xc0]
  })
  const bytes = await encode(noise)
  expect(bytes.length).toBe(Math.min(bytes.length, (await encode(noise, webpEncoder)).length))
})

test('many colours are lossy', async () => {
  expect(isLossless(await encode(made(64, (x, y) => [x * 4, y * 4, (x + y) * 2])))).toBe(false)
})

test('lossy is not tried where it cannot be smaller: no lossy file has under three bits for each 16x16 pixels', async () => {
  let tried = 0
  const watched: Encoder = {
    format: 'webp',
    encode: (frames, options) => {
      tried++
      return webpEncoder.encode(frames, options)
    },
  }
  const plain = made(1024, () => [200, 30, 60])
  expect(isLossless(await encode(plain, drawingsLossless(watched)))).toBe(true)
  expect(tried).toBe(0)
  expect((await encode(plain, webpEncoder)).length * 8).toBeGreaterThan(3 * 64 * 64)
  await encode(
    made(96, (x, y) => (((x >> 3) + (y >> 4)) % 2 ? [255, 0, 0] : [0, 0, 255])),
    drawingsLossless(watched),
  )
  expect(tried).toBe(1)
})
