import { type Format, type Rendition, verifyOutput } from '@sluice/core'
import type { Limits } from '@sluice/sandbox'
import { expect, test } from 'vitest'
import { drawBadge, drawScene } from '../../../../fixtures/make/scene.mjs'
import { ImageBudget } from '../budget.js'
import type { Picture } from '../codec.js'
import { kernelRenderer } from '../renderers/kernel.js'
import { blocks } from '../testing/blocks.js'
import { draw, makers } from '../testing/exam.js'
import { makeGif } from '../testing/images/gif.js'
import { makePng } from '../testing/images/png.js'
import { avif } from './avif/index.js'
import { encodeMozjpeg } from './jpeg/encode-mozjpeg.js'
import { jpeg } from './jpeg/index.js'
import { jpegDecoder } from './jpeg/kernel.js'
import { encodeOxipng } from './png/encode-oxipng.js'
import { png } from './png/index.js'
import { pngDecoder } from './png/kernel.js'

const renderer = kernelRenderer({ codecs: [avif(), jpeg(), png()] })
const pictureOf = ({ width, height, data }: ReturnType<typeof drawScene>): Picture => ({
  width,
  height,
  pixels: new Uint8Array(data.buffer),
})
/** Small enough for the makers of files, which do not compress. */
const scene = pictureOf(drawScene(41, 64, 48))
/** With alpha. */
const badge = pictureOf(drawBadge(48))

async function pixelsOf(rendition: Rendition | undefined): Promise<Uint8Array> {
  const bytes = rendition?.bytes ?? new Uint8Array()
  const header = verifyOutput(bytes)
  const decoder = header.format === 'png' ? pngDecoder : jpegDecoder
  const budget = new ImageBudget({ timeMs: 10_000, headroom: 3, memoryMb: 128 })
  const frames = await decoder.decode(
    { bytes, format: header.format, header },
    { budget, target: header, animated: false },
  )
  for await (const { pixels } of frames) return pixels
  throw new Error('no picture')
}

test.each([
  ['a photograph', scene],
  ['a picture with alpha', badge],
  ['one of a single colour', { width: 3, height: 2, pixels: new Uint8Array(24).fill(200) }],
])('%s as PNG is exact', async (_, picture) => {
  for (const effort of [0, 6]) {
    const output = { format: 'png', effort } as const
    const { renditions } = await draw(renderer, makePng(picture), { output })
    expect(renditions).toMatchObject([{ format: 'png', frames: 1 }])
    expect(Buffer.compare(await pixelsOf(renditions[0]), picture.pixels)).toBe(0)
  }
})

test('few colours become a palette', async () => {
  const pixels = new Uint8Array(4 * 64 * 64).map((_, at) => ((at & 3) === 3 ? 255 : (at >> 6) & 1 ? 250 : 7))
  const picture = { width: 64, height: 64, pixels: pixels.map((value, at) => ((at & 3) === 1 ? 30 : value)) }
  const { renditions } = await draw(renderer, makePng(picture), { output: { format: 'png' } })
  expect(verifyOutput(renditions[0]?.bytes ?? new Uint8Array())).toMatchObject({
    colour: 'palette',
    bitDepth: 1,
  })
})

test('a photograph as JPEG is near, progressive, and follows quality and effort', async () => {
  const sizes: number[] = []
  for (const [quality, effort] of [
    [95, 6],
    [82, 6],
    [82, 0],
    [30, 6],
  ] as const) {
    const output = { format: 'jpeg', quality, effort } as const
    const { renditions } = await draw(renderer, makePng(scene), { output })
    const bytes = renditions[0]?.bytes ?? new Uint8Array()
    expect(verifyOutput(bytes)).toMatchObject({
      format: 'jpeg',
      interlaced: true,
      metadataBytes: 0,
      width: 64,
    })
    const found = await pixelsOf(renditions[0])
    const mean =
      found.reduce((sum, value, at) => sum + Math.abs(value - (scene.pixels[at] ?? 0)), 0) / found.length
    expect(mean).toBeLessThan(quality === 30 ? 12 : 6)
    sizes.push(bytes.length)
  }
  const [high = 0, usual = 0, quick = 0, low = 0] = sizes
  expect(high).toBeGreaterThan(usual)
  expect(usual).toBeGreaterThan(low)
  expect(quick).toBeGreaterThan(0.99 * usual)
})

test('what is transparent is white in a JPEG', async () => {
  const clear = { width: 16, height: 16, pixels: new Uint8Array(4 * 256) }
  const { renditions } = await draw(renderer, makePng(clear), { output: { format: 'jpeg' } })
  expect(Math.min(...(await pixelsOf(renditions[0])))).toBeGreaterThan(252)
})

test.each([
  ['jpeg', 'jpeg'],
  ['png', 'png'],
  ['gif', 'gif'],
  ['webp', 'webp'],
] as const)('%s stays %s where the policy says the same', async (format, written) => {
  const { renditions } = await draw(renderer, makers[format](blocks()), { output: { format: 'same' } })
  expect(renditions).toMatchObject([{ format: written satisfies Format, frames: 1 }])
  verifyOutput(renditions[0]?.bytes ?? new Uint8Array())
})

test('a variant as JPEG beside a WebP; of an animation the variant moves as well', async () => {
  const variants = { mail: { format: 'jpeg', maxWidth: 40 } } as const
  const still = await draw(renderer, makePng(scene), { variants })
  expect(still.renditions).toMatchObject([{ format: 'webp' }, { format: 'jpeg', width: 40, height: 30 }])
  const moving = await draw(renderer, makeGif([blocks(), blocks()]), { variants, animated: 'webp' })
  expect(moving.renditions).toMatchObject([{ format: 'webp' }, { format: 'webp', frames: 2 }])
})

test.each([
  [
    'MozJPEG',
    (limits: Limits) => encodeMozjpeg(scene.pixels, 64, 48, { quality: 82, thorough: true }, limits),
  ],
  ['OxiPNG', (limits: Limits) => encodeOxipng(scene.pixels, 64, 48, 3, limits)],
])('%s ends with its fuel and within its memory', async (_, encode) => {
  const limits = { memoryBytes: 64 * 2 ** 20, fuel: 1e9 }
  expect((await encode(limits)).bytes.length).toBeGreaterThan(500)
  await expect(encode({ ...limits, fuel: 1e4 })).rejects.toMatchObject({ kind: 'out-of-fuel' })
  await expect(encode({ ...limits, memoryBytes: 2 ** 20 })).rejects.toMatchObject({ kind: 'out-of-memory' })
})
