import { classify } from '@sluice/encoder'
import { SandboxError } from '@sluice/sandbox'
import { describe, expect, test, vi } from 'vitest'
import { ImageBudget } from '../../budget.js'
import type { Picture, StillEncoder } from '../../codec.js'
import { alphaBytes } from './alpha-plane.js'
import { encodeByContent, losslessOr } from './encode-still.js'
import { libwebp, tryLibwebp } from './libwebp.js'
import { decodeWebp } from './libwebp-decoder.js'
import { tryVp8 } from './vp8.js'

const optionsOf = (memoryMb = 128) => ({
  budget: new ImageBudget({ timeMs: 60_000, headroom: 3, memoryMb }),
  quality: 82,
  effort: 4,
})
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

describe('at most 255 colours', () => {
  const encode = (picture: Picture, lossy: StillEncoder = libwebp) => losslessOr(lossy)(picture, optionsOf())
  const drawing = square(96, (x, y) => (((x >> 3) + (y >> 4)) % 2 ? [255, 0, 0] : [0, 0, 255]))

  test('a drawing comes back exactly, in fewer bytes', async () => {
    const bytes = await encode(drawing)
    expect(isLossless(bytes)).toBe(true)
    expect(bytes.length).toBeLessThan((await libwebp(drawing, optionsOf())).length)
    expect(await pixelsOf(bytes)).toEqual(drawing.pixels)
  })

  test('few colours without order are lossy where that is smaller', async () => {
    let state = 1
    const noise = square(96, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return [(state >>> 24) & 0xc0, (state >>> 16) & 0xc0, (state >>> 20) & 0xc0]
    })
    const bytes = await encode(noise)
    expect(bytes.length).toBe(Math.min(bytes.length, (await libwebp(noise, optionsOf())).length))
  })

  test('many colours are lossy', async () => {
    expect(isLossless(await encode(square(64, (x, y) => [x * 4, y * 4, (x + y) * 2])))).toBe(false)
  })

  test('lossy is not tried where it cannot be smaller: no lossy file has under three bits for each 16x16 pixels', async () => {
    const watched = vi.fn(libwebp)
    const plain = square(1024, () => [200, 30, 60])
    expect(isLossless(await encode(plain, watched))).toBe(true)
    expect(watched).not.toHaveBeenCalled()
    expect((await libwebp(plain, optionsOf())).length * 8).toBeGreaterThan(3 * 64 * 64)
    await encode(drawing, watched)
    expect(watched).toHaveBeenCalledOnce()
  })

  test('only lack of memory makes lossless give way: what else goes wrong is not swallowed', async () => {
    const broken = { ...drawing, pixels: drawing.pixels.subarray(4) }
    const lossy = vi.fn<StillEncoder>(async () => new Uint8Array(1e6))
    await expect(losslessOr(lossy)(broken, optionsOf())).rejects.toThrow(TypeError)
    expect(lossy).not.toHaveBeenCalled()
    const big = square(512, (x, y) => [x & 31, y & 7, 0])
    expect((await losslessOr(lossy)(big, optionsOf(2))).length).toBe(1e6)
    await expect(libwebp(big, optionsOf(2))).rejects.toBeInstanceOf(SandboxError)
  })
})

describe('by content', () => {
  const side = 320
  /** Glass: alpha that is nowhere the same and follows a pattern that copies and one filter do not catch. */
  const glass = () =>
    square(side, (x, y) => {
      const alpha = 140 + 60 * Math.sin(x / 9) * Math.cos(y / 7) + (x < 160 ? 40 : 0) * Math.sin((x + y) / 3)
      return [x >> 1, y >> 1, 90, alpha]
    })
  const encode = (picture: Picture, options = optionsOf()) => encodeByContent(picture, options)
  const own = async (picture: Picture) => {
    const file = await tryVp8(picture, optionsOf())
    if (!file) throw new Error('does not fit')
    return file
  }
  const alphasOf = (pixels: Uint8Array) => pixels.filter((_, at) => at % 4 === 3)

  test('alpha that takes much of a file is coded by whoever makes it smaller, without loss', async () => {
    const picture = glass()
    const alone = await own(picture)
    const bytes = await encode(picture)
    expect(alphaBytes(alone)).toBeGreaterThan(alone.length * 0.1)
    expect(alphaBytes(bytes)).toBeLessThan(alphaBytes(alone))
    expect(alone.length - bytes.length).toBeGreaterThanOrEqual(alphaBytes(alone) - alphaBytes(bytes) - 1)
    expect(alphasOf(await pixelsOf(bytes))).toEqual(alphasOf(picture.pixels))
  })

  test('where the other coder has too little memory, our own alpha stays', async () => {
    const picture = glass()
    expect(await encode(picture, optionsOf(3))).toEqual(await own(picture))
  })

  test('graphics go to libwebp, photographs do not', async () => {
    const bars = square(side, (x, y) => {
      const grey = (x * 7) % 40 < 6 && y % 30 < 20 ? 20 : 255
      return [grey, grey, grey]
    })
    expect(await encode(bars)).toEqual(await libwebp(bars, optionsOf()))
    const waves = square(side, (x, y) => {
      const grey = 128 + 90 * Math.sin(x / 17 + Math.cos(y / 23))
      return [grey, grey, grey]
    })
    expect(await encode(waves)).toEqual(await own(waves))
  })

  test('small pictures go to libwebp', async () => {
    const small = square(300, (x, y) => [x & 255, y & 255, (x * y) & 255])
    expect(await encode(small)).toEqual(await libwebp(small, optionsOf()))
  })

  test('graphics with alpha take the smaller colours and the smaller plane, and keep every alpha', async () => {
    const picture = glass()
    for (let i = 0; i < picture.pixels.length; i += 4) {
      const line = (i >> 2) % side < 20 && (i >> 2) % 5 === 0
      picture.pixels.set(line ? [10, 20, 30] : [250, 250, 250], i)
      if (Math.floor((i >> 2) / side) > side / 8) picture.pixels[i + 3] = 255
    }
    expect(classify(picture.pixels, side, side)).toBe('graphic')
    const alone = await own(picture)
    const raw = (await tryLibwebp(picture, optionsOf(), { alphaCompression: false })) ?? new Uint8Array()
    const bytes = await encode(picture)
    const plane = alphaBytes(bytes)
    expect(plane).toBeLessThan(alphaBytes(alone))
    const colours = Math.min(alone.length - alphaBytes(alone), raw.length - alphaBytes(raw))
    expect(bytes.length - plane).toBeLessThanOrEqual(colours + 1)
    expect(alphasOf(await pixelsOf(bytes))).toEqual(alphasOf(picture.pixels))
  })
})
