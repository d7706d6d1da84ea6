import { crc32 } from 'node:zlib'

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
