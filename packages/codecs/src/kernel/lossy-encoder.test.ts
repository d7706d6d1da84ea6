import { alphaBytes, classify, encodeLossy, INITIAL_PAGES, instantiate } from '@sluice/encoder'
import { expect, test } from 'vitest'
import { loadModule } from '#modules'
import type { EncodeOptions, Frame } from '../codec.js'
import { only, rawAlphaEncoder, webpEncoder } from '../jsquash/webp-encoder.js'
import { decodeWebp } from '../sandbox/index.js'
import { lossyEncoder } from './lossy-encoder.js'

const side = 320
const optionsOf = (memoryMb = 128): EncodeOptions => ({
  budget: { timeMs: 60_000, headroom: 3, memoryMb },
  width: side,
  height: side,
  quality: 82,
  effort: 4,
  frames: 1,
  plays: 1,
})
const encode = (frame: Frame, options = optionsOf()) => lossyEncoder.encode(only(frame), options)
/** Glass: alpha that is nowhere the same and follows a pattern that copies and one filter do not catch. */
const glass = (): Frame => {
  const pixels = new Uint8Array(4 * side * side)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const alpha = 140 + 60 * Math.sin(x / 9) * Math.cos(y / 7) + (x < 160 ? 40 : 0) * Math.sin((x + y) / 3)
      pixels.set([x >> 1, y >> 1, 90, alpha], 4 * (y * side + x))
    }
  return { width: side, height: side, pixels, durationMs: 0 }
}
const own = async ({ pixels, width, height }: Frame) => {
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: 1024 })
  const file = encodeLossy(instantiate(await loadModule('encoder'), memory), pixels, width, height, {
    effort: 4,
  })
  if (typeof file === 'string') throw new Error(file)
  return file
}

test('alpha that takes much of a file is coded by whoever makes it smaller, without loss', async () => {
  const frame = glass()
  const alone = await own(frame)
  const bytes = await encode(frame)
  expect(alphaBytes(alone)).toBeGreaterThan(alone.length * 0.1)
  expect(alphaBytes(bytes)).toBeLessThan(alphaBytes(alone))
  expect(alone.length - bytes.length).toBeGreaterThanOrEqual(alphaBytes(alone) - alphaBytes(bytes) - 1)
  const { pixels, release } = await decodeWebp(bytes, { memoryBytes: 2 ** 27, fuel: 1e9 })
  for (let i = 3; i < pixels.length; i += 4) if (pixels[i] !== frame.pixels[i]) expect(i).toBe(-1)
  release()
})

test('where the other coder has too little memory, our own alpha stays', async () => {
  const frame = glass()
  expect(await encode(frame, optionsOf(3))).toEqual(await own(frame))
})

test('graphics go to the other encoder, photographs do not', async () => {
  const picture = (colourAt: (x: number, y: number) => number): Frame => {
    const pixels = new Uint8Array(4 * side * side)
    for (let i = 0; i < side * side; i++) {
      const grey = colourAt(i % side, Math.floor(i / side))
      pixels.set([grey, grey, grey, 255], 4 * i)
    }
    return { width: side, height: side, pixels, durationMs: 0 }
  }
  const bars = picture((x, y) => ((x * 7) % 40 < 6 && y % 30 < 20 ? 20 : 255))
  expect(await encode(bars)).toEqual(await webpEncoder.encode(only(bars), optionsOf()))
  const waves = picture((x, y) => 128 + 90 * Math.sin(x / 17 + Math.cos(y / 23)))
  expect(await encode(waves)).toEqual(await own(waves))
})

test('graphics with alpha take the smaller colours and the smaller plane, and keep every alpha', async () => {
  const frame = glass()
  for (let i = 0; i < frame.pixels.length; i += 4) {
    const line = (i >> 2) % side < 20 && (i >> 2) % 5 === 0
    frame.pixels.set(line ? [10, 20, 30] : [250, 250, 250], i)
    if (Math.floor((i >> 2) / side) > side / 8) frame.pixels[i + 3] = 255
  }
  expect(classify(frame.pixels, side, side)).toBe('graphic')
  const [alone, raw] = [await own(frame), await rawAlphaEncoder.encode(only(frame), optionsOf())]
  const bytes = await encode(frame)
  const plane = alphaBytes(bytes)
  expect(plane).toBeLessThan(alphaBytes(alone))
  const colours = Math.min(alone.length - alphaBytes(alone), raw.length - alphaBytes(raw))
  expect(bytes.length - plane).toBeLessThanOrEqual(colours + 1)
  const { pixels, release } = await decodeWebp(bytes, { memoryBytes: 2 ** 27, fuel: 1e9 })
  for (let i = 3; i < pixels.length; i += 4) if (pixels[i] !== frame.pixels[i]) expect(i).toBe(-1)
  release()
})
