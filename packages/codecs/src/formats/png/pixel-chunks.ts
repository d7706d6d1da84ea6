import { ByteReader } from '@sluice/core/bytes'

const pixelChunks = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'])

/** A PNG with nothing in it but its pixels: no profile, text or other chunk that a decoder could trip over. */
export function onlyPixelChunks(bytes: Uint8Array): Uint8Array {
  const reader = new ByteReader(bytes)
  const out = new Uint8Array(bytes.length)
  out.set(reader.bytes(8))
  let length = 8
  let type = ''
  while (type !== 'IEND') {
    const start = reader.position
    const size = reader.u32()
    type = reader.text(4)
    reader.seek(start)
    const chunk = reader.bytes(12 + size)
    if (!pixelChunks.has(type)) continue
    out.set(chunk, length)
    length += chunk.length
  }
  return out.subarray(0, length)
}
