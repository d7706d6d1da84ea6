import { ByteReader, concatBytes } from '@sluice/core/bytes'
import { pngChunks } from '@sluice/core/containers'

const signatureBytes = 8
const pixelChunks = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'])

/** A PNG with nothing in it but its pixels: no profile, text or other chunk that a decoder could trip over. */
export function onlyPixelChunks(bytes: Uint8Array): Uint8Array {
  const parts = [bytes.subarray(0, signatureBytes)]
  for (const { type, span } of pngChunks(new ByteReader(bytes)))
    if (pixelChunks.has(type)) parts.push(bytes.subarray(span.offset, span.offset + span.length))
  return concatBytes(parts)
}
