import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import decode, { init } from '@jsquash/webp/decode.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { encodeLossy, instantiate } from '../src/index.js'
import { memory, module } from './module.js'

/** What libwebp's decoder wants of a browser. */
class Pixels {
  constructor(
    readonly data: Uint8ClampedArray,
    readonly width: number,
    readonly height: number,
  ) {}
}

beforeAll(async () => {
  Object.assign(globalThis, { ImageData: Pixels })
  const wasm = createRequire(import.meta.url).resolve('@jsquash/webp/codec/dec/webp_dec.wasm')
  await init(new WebAssembly.Module(readFileSync(wasm)))
})

async function roundTrip(rgba: Uint8Array, width: number, height: number, options: object) {
  const file = encodeLossy(instantiate(module, memory()), rgba, width, height, options)
  if (typeof file === 'string') throw new Error(file)
  const decoded = await decode(file.slice().buffer)
  expect([decoded.width, decoded.height]).toEqual([width, height])
  return decoded.data
}

/** A smooth colour at each pixel, so that halved chroma costs little. */
function smooth(width: number, height: number, alpha: (x: number, y: number) => number): Uint8Array {
  const rgba = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rgba.set(
        [100 + 60 * Math.sin(x / 30), 110 + 50 * Math.cos(y / 40), 120 + x / 4, alpha(x, y)],
        (y * width + x) * 4,
      )
    }
  }
  return rgba
}

function decibels(a: Uint8Array, b: ArrayLike<number>): number {
  const error = a.reduce((sum, v, i) => sum + (i % 4 === 3 ? 0 : (v - (b[i] ?? 0)) ** 2), 0)
  return 10 * Math.log10((255 * 255 * 3 * (a.length / 4)) / error)
}

describe('libwebp decodes', () => {
  it.each([0, 2, 4, 6])('what effort %i encoded, close to the source', async effort => {
    const rgba = smooth(193, 117, () => 255)
    expect(decibels(rgba, await roundTrip(rgba, 193, 117, { quality: 95, effort }))).toBeGreaterThan(42)
    expect(decibels(rgba, await roundTrip(rgba, 193, 117, { quality: 40, effort }))).toBeGreaterThan(34)
  })

  it.each([
    ['a cut-out', (x: number, y: number) => (Math.hypot(x - 90, y - 60) < 50 ? 255 : 0)],
    [
      'a soft edge',
      (x: number, y: number) => Math.max(0, Math.min(255, 4 * (90 - Math.hypot(x - 90, y - 60)))),
    ],
    ['noise', (x: number, y: number) => (Math.imul(x * 193 + y, 2654435761) >>> 24) & 255],
    ['one value', () => 7],
    ['nothing visible', () => 0],
  ])('alpha without loss: %s', async (_, alpha) => {
    const rgba = smooth(181, 121, alpha)
    const decoded = await roundTrip(rgba, 181, 121, { quality: 50 })
    expect(decoded.filter((_, i) => i % 4 === 3)).toEqual(
      new Uint8ClampedArray(rgba.filter((_, i) => i % 4 === 3)),
    )
  })

  it('flats in their own hue', async () => {
    for (const [r, g, b] of [
      [200, 140, 120],
      [90, 120, 180],
      [128, 128, 128],
      [30, 90, 40],
    ] as const) {
      const rgba = new Uint8Array(256 * 256 * 4)
      for (let i = 0; i < rgba.length; i += 4) rgba.set([r, g, b, 255], i)
      const decoded = await roundTrip(rgba, 256, 256, { quality: 50 })
      const mean = [0, 1, 2].map(c => decoded.reduce((sum, v, i) => sum + (i % 4 === c ? v : 0), 0) / 65536)
      // BT.601 with limited range itself rounds by up to two grey levels.
      for (const [c, v] of [r, g, b].entries()) expect(Math.abs((mean[c] ?? 0) - v)).toBeLessThan(2.5)
    }
  })
})
