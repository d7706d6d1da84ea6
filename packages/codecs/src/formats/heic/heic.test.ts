import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { drawBadge, drawScene } from '../../../../../fixtures/make/scene.mjs'
import { testHeif } from '../../../test/heif-cases.js'
import { kernelRenderer } from '../../renderers/kernel.js'
import { findLibheif as findGiven } from '../../wasm/libheif/given.js'
import { findLibheif } from '../../wasm/libheif/node.js'
import { heic } from './index.js'

const fixture = async (name: string) =>
  new Uint8Array(await readFile(new URL(`../../../../../fixtures/heic/${name}.heic`, import.meta.url)))
const pictureOf = ({ width, height, data }: ReturnType<typeof drawScene>) => ({
  width,
  height,
  pixels: new Uint8Array(data.buffer),
})

testHeif({
  format: 'heic',
  renderer: kernelRenderer({ codecs: [heic()] }),
  scene: pictureOf(drawScene(41, 160, 120)),
  file: await fixture('scene'),
  badge: pictureOf(drawBadge(64)),
  transparent: await fixture('badge'),
})

test('what it is made of is checked at start', async () => {
  const stock = createRequire(import.meta.url).resolve('libheif-js/libheif-wasm/libheif.wasm')
  const module = await WebAssembly.compile(await readFile(stock))
  expect(() => heic({ module })).toThrow('sluice-libheif')
  expect(() => findGiven()).toThrow('needs { module }')
  expect(heic({ module: await findLibheif()() }).decoders).toMatchObject([{ format: 'heic' }])
})
