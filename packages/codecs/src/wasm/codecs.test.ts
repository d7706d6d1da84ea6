import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import stockJpeg, { init as initJpeg } from '@jsquash/jpeg/decode.js'
import stockPng, { init as initPng } from '@jsquash/png/decode.js'
import stockWebp, { init as initWebp } from '@jsquash/webp/decode.js'
import type { Limits } from '@sluice/sandbox'
import { beforeAll, describe, expect, it } from 'vitest'
import { picture } from '../../test/pictures.js'
import { decodeJpeg } from '../formats/jpeg/mozjpeg.js'
import { decodePng } from '../formats/png/rust-png.js'
import { decodeWebp } from '../formats/webp/libwebp/decoder.js'
import { encodeWebp } from '../formats/webp/libwebp/encode-webp.js'
import { resize } from '../resize/squoosh-resize.js'

const limits: Limits = { memoryBytes: 256 * 2 ** 20, fuel: 1e9 }

beforeAll(async () => {
  const compile = async (path: string) =>
    WebAssembly.compile(await readFile(createRequire(import.meta.url).resolve(path)))
  const init = (start: unknown, module: WebAssembly.Module) =>
    (start as (module: WebAssembly.Module) => Promise<unknown>)(module)
  await init(initJpeg, await compile('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'))
  await init(initPng, await compile('@jsquash/png/codec/pkg/squoosh_png_bg.wasm'))
  await init(initWebp, await compile('@jsquash/webp/codec/dec/webp_dec.wasm'))
})

const buffer = (bytes: Uint8Array) => bytes.buffer.slice(0) as ArrayBuffer

describe('the hardened decoders', () => {
  it.each([
    ['photos/valley.jpg', decodeJpeg, stockJpeg],
    ['photos/grey.jpg', decodeJpeg, stockJpeg],
    ['png/photo.png', decodePng, stockPng],
    ['png/grey-1-bit.png', decodePng, stockPng],
    ['png/palette.png', decodePng, stockPng],
    ['png/interlaced.png', decodePng, stockPng],
    ['png/grey-alpha.png', decodePng, stockPng],
    ['webp/lossy.webp', decodeWebp, stockWebp],
    ['webp/lossless-alpha.webp', decodeWebp, stockWebp],
  ] as const)('give the pixels of the stock ones: %s', async (path, ours, stock) => {
    const bytes = await picture(path)
    const expected = await stock(buffer(bytes))
    const { width, height, pixels, warnings, release } = await ours(bytes, limits)
    expect([width, height]).toEqual([expected.width, expected.height])
    expect(Buffer.compare(pixels, new Uint8Array(expected.data.buffer))).toBe(0)
    expect(warnings).toEqual([])
    release()
  })

  it.each(['png/grey-16-bit.png', 'png/rgb-16-bit.png'])(
    'round 16 bits to the nearest of 8: %s',
    async path => {
      const bytes = await picture(path)
      const deep = await stockPng(buffer(bytes), { bitDepth: 16 })
      const samples = Array.from(deep.data)
      const { pixels, release } = await decodePng(bytes, limits)
      expect(samples.some(sample => sample % 257 !== 0)).toBe(true)
      expect(Array.from(pixels)).toEqual(samples.map(sample => Math.round(sample / 257)))
      release()
    },
  )

  it('say what was wrong with a file that is cut', async () => {
    const { warnings, release } = await decodeJpeg(await picture('bad/cut.jpg'), limits)
    expect(warnings).toEqual(['Premature end of JPEG file'])
    release()
    await expect(decodePng(await picture('bad/cut.png'), limits)).rejects.toMatchObject({
      name: 'SandboxError',
    })
    await expect(decodeWebp(await picture('bad/cut.webp'), limits)).rejects.toMatchObject({ kind: 'refused' })
  })
})

describe('the hardened encoder and resizer', () => {
  it('make a WebP that the decoder reads back', async () => {
    const { width, height, pixels, release } = await decodePng(await picture('png/grey-alpha.png'), limits)
    const { bytes } = await encodeWebp(
      pixels,
      width,
      height,
      { quality: 100, effort: 4, lossless: true },
      limits,
    )
    const back = await decodeWebp(bytes, limits)
    const visible = (rgba: Uint8Array) => Array.from(rgba).map((value, i) => (rgba[i | 3] === 0 ? 0 : value))
    expect(visible(back.pixels)).toEqual(visible(pixels))
    release()
    back.release()
  })

  it('make the picture smaller, and refuse numbers that are no size', async () => {
    const pixels = new Uint8Array(64 * 48 * 4).fill(200)
    const small = await resize(pixels, 64, 48, 16, 12, limits)
    expect(small.pixels.length).toBe(16 * 12 * 4)
    expect(Math.abs((small.pixels[100] ?? 0) - 200)).toBeLessThanOrEqual(1)
    await expect(resize(pixels, 64, 48, 0, 12, limits)).rejects.toThrow(TypeError)
    await expect(resize(pixels, 64, 48, 1.5, 12, limits)).rejects.toThrow(TypeError)
    await expect(resize(pixels, 64, 40, 16, 12, limits)).rejects.toThrow(TypeError)
  })

  it('stay below their ceiling', async () => {
    const pixels = new Uint8Array(2000 * 2000 * 4)
    const small: Limits = { memoryBytes: 20 * 2 ** 20, fuel: 1e9 }
    await expect(resize(pixels, 2000, 2000, 1000, 1000, small)).rejects.toMatchObject({
      kind: 'out-of-memory',
    })
    await expect(encodeWebp(pixels, 2000, 2000, { quality: 80, effort: 0 }, small)).rejects.toMatchObject({
      kind: 'out-of-memory',
    })
  })
})
