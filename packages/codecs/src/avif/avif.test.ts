import { drawBadge, drawScene } from '../../../../fixtures/make/scene.mjs'
import { testHeif } from '../../test/heif-cases.js'
import { kernelRenderer } from '../kernel/kernel-renderer.js'
import { encodeAvif } from './encode-avif.js'
import { avif } from './index.js'

const pictureOf = ({ width, height, data }: ReturnType<typeof drawScene>) => ({
  width,
  height,
  pixels: new Uint8Array(data.buffer),
})
const scene = pictureOf(drawScene(41, 160, 120))
const badge = pictureOf(drawBadge(64))
const limits = { memoryBytes: 256 * 2 ** 20, fuel: 0 }
const encode = async ({ pixels, width, height }: typeof scene) =>
  (await encodeAvif(pixels, width, height, { quality: 80, speed: 8 }, limits)).bytes

testHeif({
  format: 'avif',
  renderer: kernelRenderer({ plugs: [avif()] }),
  scene,
  file: await encode(scene),
  badge,
  transparent: await encode(badge),
})
