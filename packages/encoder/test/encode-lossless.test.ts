// What is written is what libwebp's decoder reads, pixel by pixel. FUZZ_COUNT=20000 for the long run.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import decode, { init } from '@jsquash/webp/decode.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { drawing, edges, ofColours, painted } from '../fuzz/drawings.js'
import { random } from '../fuzz/pictures.js'
import { encodeLossless, instantiate } from '../src/index.js'
import { memory, module } from './module.js'
import type { Picture } from './reconstruction.js'

const { FUZZ_COUNT = '300' } = process.env
const MEBIBYTE = 1 << 20

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

function encode({ rgba, width, height }: Picture, effort: number): Uint8Array {
  const file = encodeLossless(instantiate(module, memory()), rgba, width, height, { effort })
  if (typeof file === 'string') throw new Error(file)
  return file
}

async function isExact(picture: Picture, effort: number): Promise<boolean> {
  const decoded = await decode(encode(picture, effort).slice().buffer)
  return (
    decoded.width === picture.width &&
    decoded.height === picture.height &&
    Buffer.compare(new Uint8Array(decoded.data.buffer), picture.rgba) === 0
  )
}

describe('every pixel is kept', () => {
  it.each(edges())('%s, at every effort', async (_, picture) => {
    for (let effort = 0; effort <= 6; effort++)
      expect([effort, await isExact(picture, effort)]).toEqual([effort, true])
  })

  it(`in ${FUZZ_COUNT} pictures`, { timeout: 3_600_000 }, async () => {
    const differing: number[] = []
    for (let seed = 0; seed < Number(FUZZ_COUNT); seed++) {
      const { picture, effort } = drawing(seed)
      if (!(await isExact(picture, effort))) differing.push(seed)
    }
    expect(differing).toEqual([])
  })
})

describe('encodeLossless', () => {
  it('gives the same bytes on every run', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { picture } = drawing(seed)
      expect(encode(picture, 6)).toEqual(encode(picture, 6))
    }
  })

  it('takes the fewest bytes for what is simplest', () => {
    expect(
      encode(
        painted(500, 400, () => [10, 20, 30, 255]),
        6,
      ).length,
    ).toBeLessThan(50)
    expect(encode(ofColours(2, 256, 256, 1, false), 6).length).toBeLessThan(80)
  })

  it('spends more on noise than the noise by a hundredth at most', () => {
    const next = random(4)
    const noise = painted(300, 200, () => [next() * 256, next() * 256, next() * 256, next() * 256])
    for (const effort of [0, 2, 4, 6]) expect(encode(noise, effort).length).toBeLessThan(300 * 200 * 4 * 1.01)
  })

  it.each([
    [0, 1],
    [1, 0],
    [16385, 1],
  ])('says that %i x %i has no place in the format', (width, height) => {
    const rgba = new Uint8Array(width * height * 4)
    expect(encodeLossless(instantiate(module, memory()), rgba, width, height)).toBe('bad-size')
  })

  it('says that there are too many pixels before it takes any memory', () => {
    const { exports } = instantiate(module, memory(1))
    expect([exports.openLossless(16384, 4097, 0, 0), exports.openLossless(16384, 4096, 0, 0)]).toEqual([4, 2])
  })

  it('refuses what the caller did wrong', () => {
    const instance = instantiate(module, memory())
    expect(() => encodeLossless(instance, new Uint8Array(3), 1, 1)).toThrow(RangeError)
    expect(() => encodeLossless(instance, new Uint8Array(4), 1, 1, { effort: 7 })).toThrow(RangeError)
  })
})

describe('memory of the lossless encoder', () => {
  function peak(picture: Picture, effort: number): number {
    const held = memory(2048)
    const file = encodeLossless(instantiate(module, held), picture.rgba, picture.width, picture.height, {
      effort,
    })
    expect(file).toBeInstanceOf(Uint8Array)
    return held.buffer.byteLength / MEBIBYTE
  }

  it('stays under 46 MiB for 1600 x 1600, noise too', { timeout: 600_000 }, () => {
    const next = random(9)
    const rgba = new Uint8Array(1600 * 1600 * 4)
    const words = new Uint32Array(rgba.buffer)
    for (let i = 0; i < words.length; i++) words[i] = next() * 0x100000000
    expect(peak({ rgba, width: 1600, height: 1600 }, 1)).toBeLessThan(46)
  })

  it('reports every refusal to grow as a code', () => {
    const { rgba, width, height } = painted(200, 150, (x, y) => [x, y, (x * y) & 255, 255])
    const results = Array.from({ length: 60 }, (_, i) => {
      const held = new WebAssembly.Memory({ initial: 2, maximum: 2 + 5 * i })
      return encodeLossless(instantiate(module, held), rgba, width, height, { effort: 1 })
    })
    const codes = results.filter(r => typeof r === 'string')
    expect(codes.length).toBeGreaterThan(5)
    expect(codes.length).toBeLessThan(60)
    expect(new Set(codes)).toEqual(new Set(['out-of-memory']))
    expect(results.slice(codes.length).every(r => r instanceof Uint8Array)).toBe(true)
  })
})
