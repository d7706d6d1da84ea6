import { sniffFormat } from '@sluice/core'
import { readFrames } from '../animation/webp/read-frames.js'
import type { Picture } from '../codec.js'
import { decodeWebp } from '../sandbox/index.js'

const limits = { memoryBytes: 2 ** 30, fuel: 1e13 }

/**
 * The pixels of a finished file of this library, for tests that look at what came out: those of the first frame, which fills
 * the canvas.
 */
export async function firstFrame(bytes: Uint8Array): Promise<Picture> {
  if (sniffFormat(bytes) !== 'webp') throw new TypeError('not a WebP')
  const [first] = readFrames(bytes)
  const { width, height, pixels, release } = await decodeWebp(first?.still ?? bytes, limits)
  const picture = { width, height, pixels: pixels.slice() }
  release()
  return picture
}
