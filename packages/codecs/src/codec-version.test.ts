import { createHash } from 'node:crypto'
import { definePolicy } from '@sluice/core'
import { expect, test } from 'vitest'
import { codecVersion } from './codec-version.js'
import { avif } from './formats/avif/index.js'
import { libwebp } from './jsquash.js'
import { jsquashRenderer } from './renderers/jsquash.js'
import { kernelRenderer } from './renderers/kernel.js'
import { blocks } from './testing/blocks.js'
import { draw } from './testing/exam.js'
import { makeGif } from './testing/images/gif.js'
import { makeJpeg } from './testing/images/jpeg.js'
import { makePng } from './testing/images/png.js'

/** Coarse noise on a slope: every path of the coders has work. */
function scene(width: number, height: number) {
  const pixels = new Uint8Array(4 * width * height)
  let state = 1
  for (let at = 0; at < pixels.length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const place = at >> 2
    pixels[at] = at % 4 === 3 ? 255 : ((place % width) + Math.floor(place / width) + (state >>> 27)) & 255
  }
  return { width, height, pixels }
}

const policy = {
  output: { maxWidth: 160 },
  variants: { small: { maxWidth: 48, maxHeight: 48, fit: 'cover' }, sharp: { quality: 100 } },
} as const
const files = [
  makeJpeg(scene(320, 200)),
  makePng(scene(90, 120)),
  makePng(blocks()),
  makeGif([blocks(), blocks()]),
]

test('the version of the codecs is raised when what they draw changes', async () => {
  const hash = createHash('sha256')
  for (const file of files)
    for (const { bytes } of (await draw(kernelRenderer(), file, policy)).renditions) hash.update(bytes)
  // Other bytes than these: raise codecVersion, and then write down what is drawn now.
  expect([codecVersion, hash.digest('hex')]).toEqual([
    1,
    '01beb41189fffe92a01d733673597ff54160e1b210a2589ba93ac564c93c4e46',
  ])
})

test('renderers say which codecs they draw with, or nothing', () => {
  expect(kernelRenderer().codecVersion).toBe(`kernel-${codecVersion}`)
  expect(kernelRenderer({ encoder: libwebp() }).codecVersion).toBeUndefined()
  expect(kernelRenderer({ codecs: [avif()] }).codecVersion).toBe(`kernel-${codecVersion}+avif(<avif >avif)`)
  expect(kernelRenderer({ encoder: async () => new Uint8Array() }).codecVersion).toBeUndefined()
  expect(kernelRenderer({ codecs: [{ decoders: [] }] }).codecVersion).toBeUndefined()
  expect(jsquashRenderer().codecVersion).toBe(`jsquash-${codecVersion}`)
  expect(definePolicy().version).not.toContain('kernel')
})
