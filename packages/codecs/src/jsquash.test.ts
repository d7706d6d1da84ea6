import type { Renderer } from '@sluice/core'
import { describe, expect, test } from 'vitest'
import type { CodecPack } from './codec-pack.js'
import { iccColour } from './colour/icc-colour.js'
import { composeRenderer } from './compose/compose-renderer.js'
import { gifEncoder } from './formats/gif/encoder.js'
import * as jsquash from './jsquash.js'
import { workerPool } from './pool/worker-pool.js'
import { jsquashRenderer } from './renderers/jsquash.js'
import { kernelRenderer } from './renderers/kernel.js'
import { blocks } from './testing/blocks.js'
import { checkRenderer } from './testing/check-renderer.js'
import { draw } from './testing/exam.js'
import { makeJpeg } from './testing/images/jpeg.js'
import { makePng } from './testing/images/png.js'
import { makeWebp } from './testing/images/webp.js'

const parts = {
  jpeg: jsquash.jpeg(),
  png: jsquash.png(),
  webp: jsquash.webp(),
  resize: jsquash.resize(),
}

describe.each(Object.entries(parts))('jsquash.%s()', (name, part) => {
  test('is a part of the default renderer like its own', async () => {
    expect(await checkRenderer(kernelRenderer({ codecs: [part] }))).toEqual([])
  })

  test('says by which export a worker makes it again', () => {
    expect(part.module?.name).toBe(name)
    expect(part.module?.url().href).toMatch(/\/codecs\/dist\/jsquash\.js$/)
    expect(Object.keys(jsquash)).toContain(name)
  })
})

test('libwebp can write without reading what a stranger sent', () => {
  const pack = jsquash.webp({ decode: false })
  expect(pack.decoders).toEqual([])
  expect(pack.encoders).toHaveLength(1)
  // Nor in a worker, which makes the pack again.
  expect(pack.module?.options).toEqual({ decode: false })
})

test('the parts together are the renderer of jSquash', async () => {
  const composed = composeRenderer({
    name: 'mine',
    codecs: Object.values(parts),
    colour: iccColour,
    encoders: [gifEncoder],
  })
  const { reads, writes } = jsquashRenderer()
  expect(composed).toMatchObject({ reads, writes })
  for (const file of [makeJpeg(blocks()), makePng(blocks()), makeWebp(blocks())])
    expect(await bytesOf(composed, file)).toEqual(await bytesOf(jsquashRenderer(), file))
})

test('no format is listed twice where a part takes the place of another', () => {
  const { reads, writes } = kernelRenderer({ codecs: Object.values(parts) })
  expect([...reads].sort()).toEqual(['gif', 'jpeg', 'png', 'webp'])
  expect([...writes].sort()).toEqual(['gif', 'webp'])
})

const fail = () => Promise.reject(new Error('of the codec pack'))

test.each<[string, CodecPack, string]>([
  ['decoder', { decoders: [{ format: 'jpeg', decode: fail }] }, 'decode-failed'],
  ['resizer', { resizer: { resize: fail } }, 'render-failed'],
])('of two for the same, the %s of a codec pack is used', async (_, pack, code) => {
  // Our decoders give the largest output in its size: only further ones are resized.
  const variants = { small: { maxWidth: 8 } }
  const drawing = draw(kernelRenderer({ codecs: [pack] }), makeJpeg(blocks()), { variants })
  await expect(drawing).rejects.toMatchObject({ name: 'UploadError', code })
})

test('one line puts them back, in the workers of the default pool too', async () => {
  const pool = workerPool({ codecs: Object.values(parts), size: 1 })
  try {
    const file = makeJpeg(blocks())
    expect(await bytesOf(pool, file)).toEqual(await bytesOf(jsquashRenderer(), file))
  } finally {
    await pool.close()
  }
})

test('a renderer without a resizer fails when it is made', () => {
  expect(() => composeRenderer({ name: 'mine', codecs: [parts.jpeg], colour: iccColour })).toThrow(
    'mine has no resizer',
  )
})

async function bytesOf(renderer: Renderer, file: Uint8Array) {
  const { renditions } = await draw(renderer, file, { output: { maxWidth: 11 } })
  return renditions.map(({ bytes }) => bytes)
}
