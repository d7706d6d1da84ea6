import { readHeader } from '@sluice/core'
import { ByteReader } from '@sluice/core/bytes'
import { gifFrames, instantiate } from '@sluice/kernel'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { loadModule } from '#modules'
import { ImageBudget } from '../../budget.js'
import type { Frame, Picture } from '../../codec.js'
import { gifEncoder } from './encoder.js'

const budget = new ImageBudget({ timeMs: 60_000, headroom: 3, memoryMb: 64 })
const kernel = await loadModule('kernel')

async function* given(frames: readonly Frame[]) {
  yield* frames
}
function encode(frames: readonly Frame[], plays = 0): Promise<Uint8Array> {
  const [{ width, height } = { width: 1, height: 1 }] = frames
  const options = { budget, width, height, quality: 0, effort: 0, frames: frames.length, plays }
  return gifEncoder.encode(given(frames), options)
}
const decode = (bytes: Uint8Array, { width, height }: Picture) => [
  ...gifFrames(instantiate(kernel), bytes, { width, height }),
]
const headerOf = (bytes: Uint8Array) => readHeader('gif', new ByteReader(bytes), { maxPixels: 2 ** 24 })

/** Frames of few colours, some pixels transparent: what is transparent has no colour. */
const animations = fc
  .record({
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 1, max: 9 }),
    count: fc.integer({ min: 1, max: 6 }),
  })
  .chain(({ width, height, count }) => {
    const pixel = fc.constantFrom([0, 0, 0, 0], [255, 0, 0, 255], [0, 90, 0, 255], [1, 2, 3, 255])
    const picture = fc.array(pixel, { minLength: width * height, maxLength: width * height })
    return fc.array(
      fc
        .record({
          pixels: picture.map(list => Uint8Array.from(list.flat())),
          durationMs: fc.integer({ min: 0, max: 500 }),
        })
        .map(frame => ({ width, height, ...frame })),
      { minLength: count, maxLength: count },
    )
  })

test('every pixel of every frame comes back, also what vanishes', async () => {
  await fc.assert(
    fc.asyncProperty(animations, async frames => {
      const [first] = frames
      if (!first) return
      const decoded = decode(await encode(frames), first)
      expect(decoded.map(frame => [...frame.pixels])).toEqual(frames.map(frame => [...frame.pixels]))
    }),
    { numRuns: 150 },
  )
})

test('the sum of the durations is kept, the loops too', async () => {
  const still = { width: 2, height: 1, pixels: Uint8Array.of(255, 0, 0, 255, 0, 0, 255, 255) }
  const moved = { ...still, pixels: still.pixels.slice().reverse() }
  const frames = Array.from({ length: 10 }, (_, n) => ({ ...(n % 2 ? moved : still), durationMs: 33.3 }))
  for (const plays of [0, 1, 3]) {
    const { durationMs, plays: found, frames: count } = headerOf(await encode(frames, plays))
    expect({ durationMs, found, count }).toEqual({ durationMs: 330, found: plays, count: 10 })
  }
})

test('256 colours come back exactly, more are near', async () => {
  const many = (colours: number, step: number) => {
    const pixels = new Uint8Array(4 * 32 * 32)
    for (let n = 0; n < 1024; n++)
      pixels.set([(n % colours) % 256, ((n % colours) * step) % 256, 7, 255], 4 * n)
    return { width: 32, height: 32, pixels, durationMs: 0 }
  }
  const worst = async (frame: Frame) => {
    const [decoded] = decode(await encode([frame]), frame)
    return Math.max(...frame.pixels.map((value, at) => Math.abs(value - (decoded?.pixels[at] ?? 0))))
  }
  expect(await worst(many(256, 1))).toBe(0)
  expect(await worst(many(1024, 5))).toBeLessThan(40)
})

/** Tens of thousands of colours, in waves; a little later they are elsewhere. */
function waves(time: number): Frame {
  const [width, height] = [256, 192]
  const wave = (phase: number) => 127 + 127 * Math.sin(phase + time)
  const colourOf = (x: number, y: number) => [wave(x / 36), wave(y / 28 + x / 80), wave((x + y) / 44), 255]
  const pixels = new Uint8Array(4 * width * height)
  for (let at = 0; at < width * height; at++) pixels.set(colourOf(at % width, Math.floor(at / width)), 4 * at)
  return { width, height, pixels, durationMs: 50 }
}

test('tens of thousands of colours become near ones, the same for the frames of a scene', async () => {
  const frames = [waves(0), waves(0.02), waves(0.04)]
  const decoded = decode(await encode(frames), waves(0))
  const used = new Set<number>()
  decoded.forEach(({ pixels }, n) => {
    const given = frames[n]?.pixels ?? []
    const squares = pixels.reduce((sum, value, at) => sum + (value - (given[at] ?? 0)) ** 2, 0)
    expect(Math.sqrt((squares * 4) / (3 * pixels.length))).toBeLessThan(11)
    for (const word of new Uint32Array(pixels.slice().buffer)) used.add(word)
  })
  expect(used.size).toBeGreaterThan(200)
  expect(used.size).toBeLessThanOrEqual(255)
})

test('a frame that did not change takes no more than its head', async () => {
  const noise = Uint8Array.from({ length: 4 * 64 * 64 }, (_, at) => (at % 4 === 3 ? 255 : (at * 7919) % 251))
  const frame = { width: 64, height: 64, pixels: noise, durationMs: 100 }
  const one = await encode([frame])
  expect((await encode([frame, frame])).length - one.length).toBeLessThan(60)
})

test('decoders that fill in what no frame covers find nothing to fill in', async () => {
  const dot = (index: number) => {
    const pixels = new Uint8Array(4 * 5 * 4)
    pixels.set([255, 0, 0, 255], 4 * index)
    return { width: 5, height: 4, pixels, durationMs: 100 }
  }
  const bytes = await encode([dot(7), dot(8)])
  const controls: number[][] = []
  for (let at = 13 + 3 * 2; at < bytes.length; at++)
    if (bytes[at] === 0x21 && bytes[at + 1] === 0xf9) controls.push([...bytes.subarray(at + 3, at + 17)])
  expect(controls.length).toBe(2)
  const [first, second] = controls
  // Disposal to what is transparent, its index given; the image descriptor of the whole screen.
  expect(first).toEqual([0b1001, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 5, 0, 4, 0])
  expect((second?.[0] ?? 0) & 0b11100).toBe(0b100)
})

test('frames are charged to the work of the image: by pixels, and more where colours are chosen', async () => {
  const of = (colours: number, moved = 0) => {
    const pixels = new Uint8Array(4 * 64 * 64)
    for (let at = 0; at < 4096; at++) {
      const n = (at + moved) % colours
      pixels.set([(n * 7) & 255, (n * 29) & 255, n >> 4, 255], 4 * at)
    }
    return { width: 64, height: 64, pixels, durationMs: 0 }
  }
  const spentOn = async (frames: readonly Frame[]) => {
    const budget = new ImageBudget({ timeMs: 1000, headroom: 3, memoryMb: 64 })
    const options = { budget, width: 64, height: 64, quality: 0, effort: 0, plays: 0 }
    await gifEncoder.encode(given(frames), { ...options, frames: frames.length })
    return 1000 - budget.time.leftMs
  }
  const one = await spentOn([of(2)])
  expect(one).toBeGreaterThan(0)
  expect(await spentOn([of(2), of(2), of(2)])).toBeLessThan(2 * one)
  expect(await spentOn([of(2), of(2, 1), of(2)])).toBeGreaterThan(2.5 * one)
  expect(await spentOn([of(4096)])).toBeGreaterThan(20 * one)
})

test('all frames are one holding: asking what is held takes no longer with each', async () => {
  let open = 0
  let most = 0
  const reserve = budget.memory.reserve.bind(budget.memory)
  const spy = vi.spyOn(budget.memory, 'reserve').mockImplementation(holding => {
    const release = reserve(holding)
    most = Math.max(most, ++open)
    return () => {
      open--
      release()
    }
  })
  const frame = (shade: number) => ({
    width: 1,
    height: 1,
    durationMs: 10,
    pixels: Uint8Array.of(shade, 0, 0, 255),
  })
  await encode(Array.from({ length: 50 }, (_, at) => frame(at)))
  spy.mockRestore()
  expect([most <= 4, open]).toEqual([true, 0])
})
