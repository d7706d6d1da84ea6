import { readFile } from 'node:fs/promises'
import { drawBadge, drawScene } from '../../../../fixtures/make/scene.mjs'
import { testHeif } from '../../test/heif-cases.js'
import { kernelRenderer } from '../kernel/kernel-renderer.js'
import { heic } from './index.js'

const fixture = async (name: string) =>
  new Uint8Array(await readFile(new URL(`../../../../fixtures/heic/${name}.heic`, import.meta.url)))
const pictureOf = ({ width, height, data }: ReturnType<typeof drawScene>) => ({
  width,
  height,
  pixels: new Uint8Array(data.buffer),
})

testHeif({
  format: 'heic',
  renderer: kernelRenderer({ plugs: [heic()] }),
  scene: pictureOf(drawScene(41, 160, 120)),
  file: await fixture('scene'),
  badge: pictureOf(drawBadge(64)),
  transparent: await fixture('badge'),
})
