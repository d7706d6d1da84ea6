import { readHeader } from '@sluice/core'
import { ByteReader } from '@sluice/core/bytes'
import { expect, test } from 'vitest'
import { ImageBudget } from '../../budget.js'
import type { Frame, Picture } from '../../codec.js'
import { animatedWebpDecoder } from './animated-decoder.js'
import { animatedWebpEncoder } from './animated-encoder.js'
import { encodeByContent } from './encode-still.js'
import { webpDecoder } from './libwebp/decoder.js'
import { readFrames } from './read-frames.js'

const budget = new ImageBudget({ timeMs: 60_000, headroom: 3, memoryMb: 128 })
const SIDE = 64

/** A square of a colour on a ground; the ground may be transparent. */
function scene(x: number, square: readonly number[], ground: readonly number[], durationMs = 100): Frame {
  const pixels = new Uint8Array(4 * SIDE * SIDE)
  for (let n = 0; n < SIDE * SIDE; n++) {
    const inside = n % SIDE >= x && n % SIDE < x + 16 && n >= 16 * SIDE && n < 32 * SIDE
    pixels.set(inside ? square : ground, 4 * n)
  }
  return { width: SIDE, height: SIDE, pixels, durationMs }
}

async function* given(frames: readonly Frame[]) {
  yield* frames
}
const encode = (frames: readonly Frame[], plays = 0) =>
  animatedWebpEncoder(encodeByContent).encode(given(frames), {
    budget,
    width: SIDE,
    height: SIDE,
    quality: 90,
    effort: 2,
    frames: frames.length,
    plays,
  })
const headerOf = (bytes: Uint8Array) => readHeader('webp', new ByteReader(bytes), { maxPixels: 2 ** 24 })

async function decode(bytes: Uint8Array): Promise<Frame[]> {
  const source = { bytes, format: 'webp', header: headerOf(bytes) } as const
  const target = { width: SIDE, height: SIDE }
  const decoded = await animatedWebpDecoder(webpDecoder).decode(source, { budget, target, animated: true })
  const frames: Frame[] = []
  for await (const frame of decoded) frames.push({ ...frame, pixels: frame.pixels.slice() })
  decoded.close()
  return frames
}

/** Of colours that are seen. */
function meanDistance(one: Picture, other: Picture): number {
  let sum = 0
  for (let at = 0; at < one.pixels.length; at++) {
    const seen = at % 4 === 3 ? 1 : (one.pixels[at | 3] ?? 0) / 255
    sum += Math.abs((one.pixels[at] ?? 0) - (other.pixels[at] ?? 0)) * seen
  }
  return sum / one.pixels.length
}

const red = [200, 30, 30, 255]
const blue = [30, 30, 200, 255]
const clear = [0, 0, 0, 0]
const white = [240, 240, 240, 255]

test.each([
  ['moves on an opaque ground', [scene(0, red, white), scene(8, red, white), scene(24, blue, white)]],
  ['moves on a transparent ground', [scene(0, red, clear), scene(8, red, clear), scene(30, blue, clear)]],
  ['does not change', [scene(0, red, white), scene(0, red, white), scene(0, red, white)]],
  ['changes all', [scene(0, red, white), scene(0, blue, red), scene(0, white, blue)]],
])('an animation that %s comes back', async (_name, frames) => {
  const bytes = await encode(frames)
  const decoded = await decode(bytes)
  expect(decoded.length).toBe(frames.length)
  frames.forEach((frame, index) => {
    expect(meanDistance(frame, decoded[index] ?? frame)).toBeLessThan(4)
  })
})

test('durations, loops and size are kept', async () => {
  const frames = [scene(0, red, white, 40), scene(9, red, white, 0), scene(20, red, white, 1234)]
  const header = headerOf(await encode(frames, 5))
  expect(header).toMatchObject({ width: SIDE, height: SIDE, frames: 3, durationMs: 1274, plays: 5 })
})

test('only what changed is stored, at even places', async () => {
  const [first, second, third] = readFrames(
    await encode([scene(3, red, white), scene(7, red, white), scene(7, red, white)]),
  )
  expect(first).toMatchObject({ x: 0, y: 0, width: SIDE, height: SIDE })
  expect(second).toMatchObject({ x: 2, y: 16, width: 21, height: 16 })
  expect(third).toMatchObject({ width: 1, height: 1 })
})

test('a frame beyond the canvas is refused', async () => {
  const bytes = await encode([scene(0, red, white), scene(9, red, white)])
  const source = { bytes, format: 'webp', header: { ...headerOf(bytes), width: 20, height: 20 } } as const
  const decoded = await animatedWebpDecoder(webpDecoder).decode(source, {
    budget,
    target: { width: 20, height: 20 },
    animated: true,
  })
  await expect(decoded[Symbol.asyncIterator]().next()).rejects.toThrow('beyond the canvas')
})

test('each frame has its part of the time that is left for its attempts', async () => {
  const told: (number | undefined)[] = []
  const encoder = animatedWebpEncoder(async (_, { pictures }) => {
    told.push(pictures)
    return encodeByContent(scene(0, [9, 9, 9, 255], [0, 0, 0, 255]), { budget, quality: 90, effort: 0 })
  })
  const frames = [0, 8, 16].map(x => scene(x, [255, 0, 0, 255], [0, 0, 255, 255]))
  const size = { width: SIDE, height: SIDE }
  const options = { budget, ...size, quality: 90, effort: 0, frames: 3, plays: 0, pictures: 2 }
  await encoder.encode(given(frames), options)
  expect(told).toEqual([6, 4, 2])
})
