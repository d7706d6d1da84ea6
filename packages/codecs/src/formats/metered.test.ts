import { SandboxError } from '@sluice/sandbox'
import { describe, expect, it } from 'vitest'
import { drawScene } from '../../../../fixtures/make/scene.mjs'
import { ImageBudget } from '../budget.js'
import type { Picture, StillEncoder } from '../codec.js'
import { encodeAvif } from './avif/encode-avif.js'
import { avifEncoder } from './avif/encoder.js'
import { isScreenContent } from './avif/screen-content.js'
import { encodeLossy, tryLossless } from './webp/libwebp/encoder.js'
import { tryVp8l } from './webp/lossless.js'
import { encodeVp8 } from './webp/lossy.js'

const { width, height, data } = drawScene(3, 96, 80)
const scene: Picture = { width, height, pixels: new Uint8Array(data.buffer) }

const avif: StillEncoder = (picture, options) =>
  avifEncoder.encode(framesOf(picture), { ...options, width, height, frames: 1, plays: 0 })

async function* framesOf(picture: Picture) {
  yield { ...picture, durationMs: 0 }
}

const encoders: Readonly<
  Record<string, (...given: Parameters<StillEncoder>) => Promise<Uint8Array | undefined>>
> = {
  libwebp: encodeLossy,
  libwebpLossless: tryLossless,
  vp8: encodeVp8,
  vp8l: tryVp8l,
  avif,
}
const budgetOf = (timeMs: number) => new ImageBudget({ timeMs, headroom: 3, memoryMb: 256 })
const generousMs = 1e6

async function encode(name: string, timeMs: number, effort = 6, picture = scene) {
  const budget = budgetOf(timeMs)
  const bytes = await encoders[name]?.(picture, { budget, quality: 60, effort })
  return { bytes, spentMs: timeMs - budget.time.leftMs }
}

describe('an encoder', () => {
  it.each(Object.keys(encoders))(
    'takes its work off the time of the image, always the same: %s',
    async name => {
      const { spentMs } = await encode(name, generousMs)
      expect(spentMs).toBeGreaterThan(0.1)
      expect((await encode(name, generousMs)).spentMs).toBeCloseTo(spentMs, 6)
    },
  )

  it.each(['libwebp', 'vp8', 'avif'])('ends when there is none: %s', async name => {
    const failure = await encode(name, 0.001).catch((thrown: unknown) => thrown)
    expect(failure).toBeInstanceOf(SandboxError)
    expect(failure).toMatchObject({ kind: 'out-of-fuel' })
  })

  it('of ours has an exact limit', async () => {
    const { spentMs, bytes } = await encode('vp8', generousMs, 0)
    expect((await encode('vp8', spentMs + 0.001, 0)).bytes).toEqual(bytes)
    await expect(encode('vp8', spentMs - 0.001, 0)).rejects.toMatchObject({ kind: 'out-of-fuel' })
  })

  it('of ours takes half of what is left for its effort, or does with the least', async () => {
    const [thorough, quick] = [await encode('vp8', generousMs), await encode('vp8', generousMs, 0)]
    expect(quick.bytes).not.toEqual(thorough.bytes)
    const enough = 2 * thorough.spentMs
    expect((await encode('vp8', enough + 0.01)).bytes).toEqual(thorough.bytes)
    const given = await encode('vp8', enough - 0.01)
    expect(given.bytes).toEqual(quick.bytes)
    expect(given.spentMs).toBeGreaterThan(thorough.spentMs)
    expect(given.spentMs).toBeLessThanOrEqual(enough)
  })

  it.each(['libwebpLossless', 'vp8l'])(
    'that is only tried takes half of what is left, or gives up: %s',
    async name => {
      const { spentMs, bytes } = await encode(name, generousMs)
      expect(bytes).toBeInstanceOf(Uint8Array)
      expect((await encode(name, 2 * spentMs + 0.01)).bytes).toEqual(bytes)
      const given = await encode(name, 2 * spentMs - 0.01)
      expect(given.bytes).toBeUndefined()
      expect(given.spentMs).toBeGreaterThan(0.9 * spentMs)
    },
  )
})

describe('AVIF', () => {
  const limits = { memoryBytes: 256 * 2 ** 20, fuel: 1e12 }
  const at = async (speed: number) =>
    (await encodeAvif(scene.pixels, width, height, { quality: 60, speed }, limits)).bytes

  it('is encoded with less effort where time is short, and refused where there is none', async () => {
    const whole = await encode('avif', generousMs)
    expect(whole.bytes).toEqual(await at(6))
    const [eight, ten] = [await at(8), await at(10)]
    const seen = new Set<string>()
    for (let timeMs = 2 * whole.spentMs; timeMs > 1; timeMs *= 0.8) {
      const result = await encode('avif', timeMs).catch(({ kind }: SandboxError) => ({
        bytes: kind,
        spentMs: 0,
      }))
      const found = [whole.bytes, eight, ten].findIndex(bytes => equal(bytes, result.bytes))
      seen.add(found < 0 ? String(result.bytes) : `${[6, 8, 10][found]}`)
      expect(result.spentMs).toBeLessThanOrEqual(timeMs)
    }
    expect([...seen]).toEqual(['6', '8', '10', 'out-of-fuel'])
  })

  it('of few colours is searched for repetitions, and counted as that', () => {
    const drawn = (colour: (x: number, y: number) => number) =>
      new Uint8Array(Uint32Array.from({ length: 64 * 64 }, (_, i) => colour(i % 64, i >> 6)).buffer)
    const isScreen = (pixels: Uint8Array) => isScreenContent({ width: 64, height: 64, pixels })
    const black = 0xff000000
    expect(isScreen(drawn((x, y) => ((x ^ y) & 1 ? black : 0xffffffff)))).toBe(true)
    expect(isScreen(drawn(() => black))).toBe(false)
    expect(isScreen(drawn((x, y) => black | (((4 * x) ^ (7 * y)) & 255)))).toBe(false)
    // One block of sixteen is too few, two are enough.
    expect(isScreen(drawn((x, y) => (x < 16 && y < 16 && x & 1 ? 0xffffffff : black)))).toBe(false)
    expect(isScreen(drawn((x, y) => (x < 32 && y < 16 && x & 1 ? 0xffffffff : black)))).toBe(true)
  })
})

function equal(one: Uint8Array | undefined, other: unknown): boolean {
  return one !== undefined && other instanceof Uint8Array && Buffer.compare(one, other) === 0
}
