import { sniffFormat } from '@sluice/core'
import { gifFrames, instantiate } from '@sluice/kernel'
import { loadModule } from '#modules'
import type { Picture } from '../codec.js'
import { decodeWebp } from '../formats/webp/libwebp-decoder.js'
import { readFrames } from '../formats/webp/read-frames.js'

const limits = { memoryBytes: 2 ** 30, fuel: 1e13 }

/**
 * The first frame of a finished file of this library, which fills the canvas: for tests that look at what came out.
 */
export async function firstFrame(bytes: Uint8Array): Promise<Picture> {
  if (sniffFormat(bytes) === 'gif') {
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    const size = { width: view.getUint16(6, true), height: view.getUint16(8, true) }
    const [frame] = gifFrames(instantiate(await loadModule('kernel')), bytes, size)
    if (!frame) throw new TypeError('a GIF without a frame')
    return { ...size, pixels: frame.pixels }
  }
  const [first] = readFrames(bytes)
  const { width, height, pixels, release } = await decodeWebp(first?.still ?? bytes, limits)
  const picture = { width, height, pixels: pixels.slice() }
  release()
  return picture
}
