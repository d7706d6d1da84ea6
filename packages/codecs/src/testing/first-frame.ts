import { readHeader, sniffFormat } from '@sluice/core'
import { ByteReader } from '@sluice/core/bytes'
import { gifFrames, instantiate } from '@sluice/kernel'
import { loadModule } from '#modules'
import type { Picture } from '../codec.js'
import { decodeWebp } from '../formats/webp/libwebp/decoder.js'
import { readFrames } from '../formats/webp/read-frames.js'

const limits = { memoryBytes: 2 ** 30, fuel: 1e13 }

/**
 * The first frame of a finished file of this library, which fills the canvas: for tests that look at what came out.
 */
export async function firstFrame(bytes: Uint8Array): Promise<Picture> {
  if (sniffFormat(bytes) === 'gif') {
    const { width, height } = readHeader('gif', new ByteReader(bytes), {
      maxPixels: Number.POSITIVE_INFINITY,
    })
    const [frame] = gifFrames(instantiate(await loadModule('kernel')), bytes, { width, height })
    if (!frame) throw new TypeError('a GIF without a frame')
    return { width, height, pixels: frame.pixels }
  }
  const [first] = readFrames(bytes)
  const { width, height, pixels, release } = await decodeWebp(first?.still ?? bytes, limits)
  const picture = { width, height, pixels: pixels.slice() }
  release()
  return picture
}
