import { crc32, deflateSync } from 'node:zlib'
import { be16, be32, join } from '../../fixtures/make/bytes.mjs'

/** @param {string} type @param {ArrayLike<number>} body */
function chunk(type, body) {
  const covered = join(type, body)
  return join(be32(body.length), covered, be32(crc32(covered)))
}

/** Rows without a filter, as zlib. @param {Uint8Array} pixels RGBA @param {number} width */
function rows(pixels, width) {
  const height = pixels.length / 4 / width
  const bytes = new Uint8Array(height * (4 * width + 1))
  for (let y = 0; y < height; y++)
    bytes.set(pixels.subarray(4 * width * y, 4 * width * (y + 1)), y * (4 * width + 1) + 1)
  return deflateSync(bytes, { level: 6 })
}

/**
 * RGBA as PNG; more than one frame as APNG, ten a second.
 * @param {readonly Uint8Array[]} frames @param {number} width @param {number} height
 */
export function encodePngFrames(frames, width, height) {
  const size = join(be32(width), be32(height))
  const parts = [join([0x89], 'PNG\r\n', [0x1a, 0x0a]), chunk('IHDR', join(size, [8, 6, 0, 0, 0]))]
  if (frames.length > 1) parts.push(chunk('acTL', join(be32(frames.length), be32(0))))
  let sequence = 0
  for (const [index, pixels] of frames.entries()) {
    if (frames.length > 1)
      parts.push(chunk('fcTL', join(be32(sequence++), size, be32(0), be32(0), be16(1), be16(10), [0, 0])))
    const data = rows(pixels, width)
    parts.push(index === 0 ? chunk('IDAT', data) : chunk('fdAT', join(be32(sequence++), data)))
  }
  return join(...parts, chunk('IEND', []))
}
