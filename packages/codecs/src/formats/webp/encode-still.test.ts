import { encodeLossless, encodeLossy } from '@sluice/encoder'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ImageBudget } from '../../budget.js'
import type { Picture } from '../../codec.js'
import { encodeByContent } from './encode-still.js'
import { decodeWebp } from './libwebp/decoder.js'
import { encodeVp8 } from './lossy.js'

vi.mock(import('@sluice/encoder'), async original => {
  const encoder = await original()
  return {
    ...encoder,
    encodeLossless: vi.fn(encoder.encodeLossless),
    encodeLossy: vi.fn(encoder.encodeLossy),
  }
})
beforeEach(() => vi.clearAllMocks())

const optionsOf = (memoryMb = 128) => ({
  budget: new ImageBudget({ timeMs: 60_000, headroom: 3, memoryMb }),
  quality: 82,
  effort: 4,
})
const encode = (picture: Picture, options = optionsOf()) => encodeByContent(picture, options)
const lossy = (picture: Picture) => encodeVp8(picture, optionsOf())

const square = (side: number, colourAt: (x: number, y: number) => readonly number[]): Picture => {
  const pixels = new Uint8Array(4 * side * side)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) pixels.set([...colourAt(x, y), 255].slice(0, 4), 4 * (y * side + x))
  return { width: side, height: side, pixels }
}
const isLossless = (bytes: Uint8Array) => String.fromCharCode(...bytes.subarray(12, 16)) === 'VP8L'
const pixelsOf = async (bytes: Uint8Array) => {
  const { pixels, release } = await decodeWebp(bytes, { memoryBytes: 2 ** 27, fuel: 1e9 })
  const copy = pixels.slice()
  release()
  return copy
}
/** The same on every run, 0 to 1. */
function randoms(seed = 1): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return state / 2 ** 32
  }
}
const drawing = square(96, (x, y) => (((x >> 3) + (y >> 4)) % 2 ? [255, 0, 0] : [0, 0, 255]))

describe('exact', () => {
  test('a drawing comes back exactly, in fewer bytes', async () => {
    const bytes = await encode(drawing)
    expect(isLossless(bytes)).toBe(true)
    expect(bytes.length).toBeLessThan((await lossy(drawing)).length)
    expect(await pixelsOf(bytes)).toEqual(drawing.pixels)
  })

  test('so does one of thousands of colours', async () => {
    const next = randoms()
    const cells = Array.from({ length: 4096 }, () => [next() * 256, next() * 256, next() * 256])
    const mosaic = square(384, (x, y) => cells[(y / 6) | 0 ? (((y / 6) | 0) << 6) + ((x / 6) | 0) : 0] ?? [])
    const bytes = await encode(mosaic)
    expect(isLossless(bytes)).toBe(true)
    expect(await pixelsOf(bytes)).toEqual(mosaic.pixels)
    expect(encodeLossy).toHaveBeenCalledOnce()
  })

  test('what nobody can see is not kept', async () => {
    const hole = (hidden: readonly number[]) =>
      square(96, (x, y) => (x < 40 ? [...hidden, 0] : ((x >> 3) + (y >> 4)) % 2 ? [255, 0, 0] : [0, 0, 255]))
    const bytes = await encode(hole([1, 2, 3]))
    expect(isLossless(bytes)).toBe(true)
    expect(bytes).toEqual(await encode(hole([200, 100, 50])))
    expect(await pixelsOf(bytes)).toEqual(hole([0, 0, 0]).pixels)
  })

  test('lossy is not tried where it cannot be smaller: no lossy file has under three bits for each 16x16 pixels', async () => {
    const plain = square(1024, () => [200, 30, 60])
    expect(isLossless(await encode(plain))).toBe(true)
    expect(encodeLossy).not.toHaveBeenCalled()
    expect((await lossy(plain)).length * 8).toBeGreaterThan(3 * 64 * 64)
  })
})

describe('lossy', () => {
  test('few colours without order, where that is smaller', async () => {
    const next = randoms()
    const noise = square(96, () => [(next() * 4) << 6, (next() * 4) << 6, (next() * 4) << 6])
    const bytes = await encode(noise)
    expect(bytes).toEqual(await lossy(noise))
  })

  test('a photograph, and nothing else is tried for it', async () => {
    const next = randoms()
    const photograph = square(320, (x, y) => {
      const light = 128 + 70 * Math.sin(x / 37 + 2 * Math.sin(y / 51)) + 12 * (next() + next() - 1)
      return [light, light * 0.9, 220 - light * 0.6]
    })
    const smooth = square(320, (x, y) => {
      const light = 128 + 90 * Math.sin(x / 57 + Math.cos(y / 73))
      return [light, light, light]
    })
    for (const picture of [photograph, smooth]) {
      vi.mocked(encodeLossy).mockClear()
      const bytes = await encode(picture)
      expect(isLossless(bytes)).toBe(false)
      expect(encodeLossy).toHaveBeenCalledOnce()
      expect(encodeLossless).not.toHaveBeenCalled()
      expect(bytes).toEqual(await lossy(picture))
    }
  })

  test('where there is too little memory for exact; what else goes wrong is not swallowed', async () => {
    const big = square(512, (x, y) => [(x >> 5) * 15, (y >> 3) * 3, 0])
    expect(isLossless(await encode(big))).toBe(true)
    expect(await encode(big, optionsOf(2))).toEqual(await lossy(big))
    const broken = { ...drawing, pixels: drawing.pixels.subarray(4) }
    await expect(encode(broken)).rejects.toThrow(RangeError)
  })
})

describe('alpha', () => {
  const side = 320
  const grain = randoms(5)
  /** Glass: alpha that is nowhere the same. */
  const glass = square(side, (x, y) => {
    const alpha = 140 + 60 * Math.sin(x / 9) * Math.cos(y / 7) + (x < 160 ? 40 : 0) * Math.sin((x + y) / 3)
    return [x / 2 + 20 * grain(), y / 2 + 20 * grain(), 90 + 20 * grain(), alpha]
  })
  const alphasOf = (pixels: Uint8Array) => pixels.filter((_, at) => at % 4 === 3)

  test('is kept without loss', async () => {
    const bytes = await encode(glass)
    expect(isLossless(bytes)).toBe(false)
    expect(alphasOf(await pixelsOf(bytes))).toEqual(alphasOf(glass.pixels))
  })

  test('is kept where there is too little memory to code it, in as many bytes as there are pixels', async () => {
    const bytes = await encode(glass, optionsOf(3))
    expect(alphasOf(await pixelsOf(bytes))).toEqual(alphasOf(glass.pixels))
    expect(bytes.length).toBeGreaterThan(side * side)
    expect((await encode(glass)).length).toBeLessThan(bytes.length / 2)
  })
})
