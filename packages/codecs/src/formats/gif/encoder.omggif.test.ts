import { gifFrames, instantiate } from '@sluice/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadModule } from '#modules'
import { readGif } from '../../../test/read-gif.js'
import { ImageBudget } from '../../budget.js'
import type { Frame } from '../../codec.js'
import { gifEncoder } from './encoder.js'

// What we write, read by a decoder that others wrote: ours could share a mistake with the encoder.

type Rgba = readonly [number, number, number, number]
const clear: Rgba = [0, 0, 0, 0]
const red: Rgba = [255, 0, 0, 255]
const blue: Rgba = [0, 0, 255, 255]

function encode(frames: readonly Frame[], plays = 0): Promise<Uint8Array> {
  const [{ width, height } = { width: 1, height: 1 }] = frames
  const budget = new ImageBudget({ timeMs: 60_000, headroom: 3, memoryMb: 64 })
  const options = { budget, width, height, quality: 0, effort: 0, frames: frames.length, plays }
  return gifEncoder.encode(each(frames), options)
}

async function* each(frames: readonly Frame[]) {
  yield* frames
}

function frameOf(width: number, height: number, colour: (x: number, y: number) => Rgba): Frame {
  const pixels = new Uint8Array(4 * width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) pixels.set(colour(x, y), 4 * (y * width + x))
  return { width, height, pixels, durationMs: 100 }
}

/** Encodes, and expects each frame of at most 256 colours back as it was. */
async function roundTrip(frames: readonly Frame[], plays = 0) {
  const gif = readGif(await encode(frames, plays))
  expect(gif.frames.length).toBe(frames.length)
  for (const [index, { pixels, width, height }] of frames.entries()) {
    expect([gif.width, gif.height]).toEqual([width, height])
    expect(Buffer.from(pixels).equals(gif.frames[index]?.pixels ?? new Uint8Array())).toBe(true)
  }
  return gif
}

test('a still', async () => {
  const gif = await roundTrip([frameOf(13, 7, (x, y) => [20 * x, 30 * y, 5, 255])], 1)
  expect(gif.plays).toBe(1)
})

test('a still with holes', async () => {
  const { frames } = await roundTrip([frameOf(9, 9, (x, y) => ((x + y) % 3 ? red : clear))], 1)
  expect(frames[0]?.transparent).toBe(true)
})

test('an animation whose frames change a little, with its delays and its loops', async () => {
  const moving = [0, 1, 2, 3].map(at => ({
    ...frameOf(20, 16, (x, y) => (x === at && y > 3 ? red : blue)),
    durationMs: 40 + 10 * at,
  }))
  for (const plays of [0, 1, 2, 7]) {
    const gif = await roundTrip(moving, plays)
    expect(gif.plays).toBe(plays)
    expect(gif.frames.map(({ durationMs }) => durationMs)).toEqual([40, 50, 60, 70])
  }
})

test('what vanishes is disposed of', async () => {
  const dot = (at: number) => frameOf(8, 5, (x, y) => (x === at && y === 2 ? red : clear))
  const { frames } = await roundTrip([dot(1), dot(5), dot(1)])
  expect(frames.map(({ disposal }) => disposal)).toEqual([2, 2, 1])
})

test('palettes of frames that share no colour', async () => {
  const shades = (blue: number) => frameOf(16, 16, (x, y) => [16 * x + y, 255 - x, blue, 255])
  const { frames } = await roundTrip([shades(0), shades(90), shades(180)])
  expect(frames.some(({ ownPalette }) => ownPalette)).toBe(true)
})

test('any animation of few colours, some of it transparent', async () => {
  const colour = fc.constantFrom(clear, red, blue, [1, 2, 3, 255] as const)
  const animations = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
    .chain(([width, height]) => {
      const area = width * height
      const picture = fc.array(colour, { minLength: area, maxLength: area })
      const frame = picture.map(list => frameOf(width, height, (x, y) => list[y * width + x] ?? clear))
      return fc.array(frame, { minLength: 1, maxLength: 6 })
    })
  await fc.assert(
    fc.asyncProperty(animations, async frames => void (await roundTrip(frames))),
    { numRuns: 150 },
  )
})

test('more colours than a palette holds become the same ones for both decoders', async () => {
  const wave = (phase: number) => Math.round(127 + 127 * Math.sin(phase))
  const scenes = [0, 0.3, 2].map(time =>
    frameOf(96, 64, (x, y) => [
      wave(x / 36 + time),
      wave(y / 28 + x / 80 + time),
      wave((x + y) / 44 + time),
      255,
    ]),
  )
  const bytes = await encode(scenes)
  const kernel = instantiate(await loadModule('kernel'))
  const ours = [...gifFrames(kernel, bytes, { width: 96, height: 64 })].map(({ pixels }) => pixels)
  const theirs = readGif(bytes).frames.map(({ pixels }) => pixels)
  expect(theirs.length).toBe(3)
  for (const [index, pixels] of theirs.entries())
    expect(Buffer.from(pixels).equals(ours[index] ?? new Uint8Array())).toBe(true)
})
