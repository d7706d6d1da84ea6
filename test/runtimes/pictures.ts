import { readFile } from 'node:fs/promises'
import { drawScene } from '../../fixtures/make/scene.mjs'
import { encodeAvif } from '../../packages/codecs/src/formats/avif/encode-avif.js'
import { picture, resized, scanBomb } from '../../packages/codecs/test/pictures.js'

async function avifScene(): Promise<Uint8Array> {
  const { width, height, data } = drawScene(41, 160, 120)
  const limits = { memoryBytes: 256 * 2 ** 20, fuel: 1e9 }
  const options = { quality: 70, speed: 9 }
  return (await encodeAvif(new Uint8Array(data.buffer), width, height, options, limits)).bytes
}

/** What every runtime is given: good pictures of each format, damaged ones, bombs. */
export const pictures = async () => ({
  'valley.jpg': await picture('photos/valley.jpg'),
  'grey.jpg': await picture('photos/grey.jpg'),
  'photo.png': await picture('png/photo.png'),
  'deep.png': await picture('png/rgb-16-bit.png'),
  'lossy.webp': await picture('webp/lossy.webp'),
  'alpha.webp': await picture('webp/lossless-alpha.webp'),
  'scene.avif': await avifScene(),
  'scene.heic': new Uint8Array(await readFile(new URL('../../fixtures/heic/scene.heic', import.meta.url))),
  'cut.jpg': await picture('bad/cut.jpg'),
  'cut.png': await picture('bad/cut.png'),
  'cut.webp': await picture('bad/cut.webp'),
  'still.gif': await picture('gif/still.gif'),
  'animated.gif': await picture('gif/animated.gif'),
  'scans.jpg': await scanBomb(60_000),
  'pixels.jpg': resized(await picture('photos/grey.jpg'), 20_000, 20_000),
  'pixels.png': await picture('bad/bomb-10000x10000.png'),
})
