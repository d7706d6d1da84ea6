import { verifyOutput } from '@sluice/core'
import { expect, test } from 'vitest'
import { drawBadge, drawScene } from '../../../../../fixtures/make/scene.mjs'
import { testHeif } from '../../../test/heif-cases.js'
import { kernelRenderer } from '../../renderers/kernel.js'
import { draw } from '../../testing/exam.js'
import { makeGif } from '../../testing/images/gif.js'
import { decodeAvif } from './decode-avif.js'
import { encodeAvif } from './encode-avif.js'
import { avif } from './index.js'

const pictureOf = ({ width, height, data }: ReturnType<typeof drawScene>) => ({
  width,
  height,
  pixels: new Uint8Array(data.buffer),
})
const scene = pictureOf(drawScene(41, 160, 120))
const badge = pictureOf(drawBadge(64))
const limits = { memoryBytes: 256 * 2 ** 20, fuel: 1e9 }
const encode = async ({ pixels, width, height }: typeof scene) =>
  (await encodeAvif(pixels, width, height, { quality: 80, speed: 8 }, limits)).bytes

const file = await encode(scene)

testHeif({
  format: 'avif',
  renderer: kernelRenderer({ codecs: [avif()] }),
  scene,
  file,
  badge,
  transparent: await encode(badge),
})

const renderer = kernelRenderer({ codecs: [avif()] })
const asAvif = { extensions: ['avif', 'gif'], output: { format: 'avif', quality: 70 } } as const

test('AVIF is written where the policy asks for it: with alpha where there is any, and nothing besides', async () => {
  for (const picture of [scene, badge]) {
    const { renditions } = await draw(renderer, await encode(picture), asAvif)
    const bytes = renditions[0]?.bytes ?? new Uint8Array()
    expect(renditions).toMatchObject([{ format: 'avif', frames: 1 }])
    expect(verifyOutput(bytes)).toMatchObject({
      format: 'avif',
      width: picture.width,
      height: picture.height,
      alpha: picture === badge,
      metadataBytes: 0,
    })
    const decoded = await decodeAvif(bytes, { memoryBytes: 2 ** 28, fuel: 1e9 })
    let sum = 0
    for (const [at, value] of decoded.pixels.entries()) {
      const weight = (picture.pixels[at | 3] ?? 0) / 255
      sum += weight * Math.abs(value - (picture.pixels[at] ?? 0))
    }
    expect(sum / decoded.pixels.length).toBeLessThan(6)
    decoded.release()
  }
})

test('an animation becomes what the policy says of animations, a slower effort smaller files', async () => {
  const { renditions } = await draw(renderer, makeGif([badge, badge]), asAvif)
  expect(renditions).toMatchObject([{ format: 'gif', frames: 2 }])
  const bytesAt = async (effort: number) =>
    (await draw(renderer, file, { ...asAvif, output: { ...asAvif.output, effort } })).renditions[0]?.bytes
      .length
  expect(await bytesAt(6)).toBeLessThan((await bytesAt(0)) ?? 0)
})

test('encoding stays below its ceiling', async () => {
  const pixels = new Uint8Array(4 * 1000 * 1000)
  const small = { memoryBytes: 20 * 2 ** 20, fuel: 1e9 }
  await expect(encodeAvif(pixels, 1000, 1000, { quality: 60, speed: 10 }, small)).rejects.toMatchObject({
    kind: 'out-of-memory',
  })
  await expect(encodeAvif(pixels, 1000, 999, { quality: 60, speed: 10 }, small)).rejects.toThrow(TypeError)
})
