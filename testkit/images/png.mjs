import { crc32, deflateSync } from 'node:zlib'
import { random } from '../pictures.mjs'

// PNG put together chunk by chunk (3rd edition, 5.3), without a checksum of the product, which is held to it.

export const pngSignature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/**
 * Length, type, data, checksum.
 * @param {string} type four letters
 * @param {ArrayLike<number>} data
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function pngChunk(type, data) {
  const chunk = Buffer.alloc(12 + data.length)
  chunk.writeUInt32BE(data.length)
  chunk.write(type, 4, 'latin1')
  chunk.set(data, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length)
  return Uint8Array.from(chunk)
}

/**
 * A whole file, RGB, a slope and noise from a seed: another seed is another picture.
 * @param {number} width
 * @param {number} height
 * @param {number} [seed]
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function makePng(width, height, seed = 1) {
  const next = random(seed)
  const rows = Buffer.alloc(height * (1 + 3 * width))
  for (let y = 0; y < height; y++)
    for (let x = 0; x < 3 * width; x++)
      rows[y * (1 + 3 * width) + 1 + x] = (x + y + seed * 29 + next() * 32) & 255
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const chunks = [pngChunk('IHDR', header), pngChunk('IDAT', deflateSync(rows)), pngChunk('IEND', [])]
  return Uint8Array.from(Buffer.concat([pngSignature, ...chunks]))
}
