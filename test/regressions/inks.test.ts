import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { kernelRenderer } from '@sluice/codecs'
import { png } from '@sluice/codecs/png'
import { definePolicy, type Preset, sanitize } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { findCases } from '@sluice/testkit/find-corpus'
import sharp, { type Sharp } from 'sharp'
import { expect, test } from 'vitest'

/* Inks become RGB before they are resized: a mean of inks is not the ink of a mean. PNG, so that nothing else differs. */

const renderer = kernelRenderer({ codecs: [png()] })
const cases = findCases()

async function drawAt(bytes: Uint8Array, side: number, preset: Preset = 'server') {
  const output = { format: 'png', effort: 0, maxWidth: side, maxHeight: side } as const
  const policy = definePolicy({ preset, output, timeMs: 120_000 })
  const store = memoryStore()
  const { key } = await sanitize({ body: bytes }, { policy, renderer, store })
  return new Uint8Array((await store.get(key)) ?? [])
}
const pixelsOf = (picture: Sharp) => picture.removeAlpha().raw().toBuffer()
const largestDifference = (one: Uint8Array, other: Uint8Array) => {
  expect(one.length).toBe(other.length)
  return one.reduce((most, value, at) => Math.max(most, Math.abs(value - (other[at] ?? 0))), 0)
}

/** Stripes of full cyan and full black, five pixels wide, as inks. */
const [width, height] = [192, 96]
const stripes = (angle: number) =>
  Uint8Array.from({ length: 4 * width * height }, (_, at) => {
    const [x, y] = [(at >> 2) % width, Math.floor((at >> 2) / width)]
    const isBlack = Math.floor((angle === 0 ? x : angle === 1 ? y : x + y) / 5) % 2 === 0
    return at % 4 === (isBlack ? 3 : 0) ? 255 : 0
  })

test.each([
  ['4:4:4', false, 0],
  ['4:4:4', true, 2],
  ['4:2:0', false, 1],
] as const)(
  'CMYK %s, progressive %s, is reduced as its colours are',
  async (chromaSubsampling, progressive, angle) => {
    const raw = { width, height, channels: 4 } as const
    const file = await sharp(stripes(angle), { raw })
      .pipelineColourspace('cmyk')
      .toColourspace('cmyk')
      .jpeg({ quality: 100, chromaSubsampling, progressive })
      .toBuffer()
    const bytes = new Uint8Array(file)
    expect((await sharp(bytes).metadata()).channels).toBe(4)
    const whole = await drawAt(bytes, width)
    for (const side of [64, 71, 24]) {
      const wanted = await pixelsOf(sharp(await drawAt(whole, side)))
      const found = await pixelsOf(sharp(await drawAt(bytes, side)))
      expect(largestDifference(found, wanted), `${side}`).toBeLessThanOrEqual(1)
    }
  },
)

test.runIf(cases !== undefined)(
  'FOGRA27 is converted as by sharp, with black point compensation',
  async () => {
    const bytes = new Uint8Array(readFileSync(join(cases ?? '', 'pictures', 'fogra27_inks.jpg')))
    for (const [side, most] of [
      [1600, 2],
      [100, 4],
    ] as const) {
      const theirs = sharp(bytes).resize(side, side, { fit: 'inside', withoutEnlargement: true })
      const wanted = await pixelsOf(theirs.toColourspace('srgb'))
      expect(largestDifference(await pixelsOf(sharp(await drawAt(bytes, side))), wanted)).toBeLessThanOrEqual(
        most,
      )
    }
  },
)

test.runIf(cases !== undefined)(
  'FOGRA27 is drawn the same within the memory of the edge preset',
  async () => {
    const bytes = new Uint8Array(readFileSync(join(cases ?? '', 'pictures', 'fogra27_inks.jpg')))
    for (const side of [1600, 100])
      expect(Buffer.compare(await drawAt(bytes, side, 'edge'), await drawAt(bytes, side))).toBe(0)
  },
)
