import { ByteReader, concatBytes } from '@sluice/core/bytes'
import { pngChunks } from '@sluice/core/containers'

const signatureBytes = 8
const pixelChunks = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT'])
/** The last chunk, which is always the same and which a file may lack. */
const iend = Uint8Array.of(0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82)

/** A PNG with nothing in it but its pixels: no profile, text or other chunk that a decoder could trip over, and its end. */
export function onlyPixelChunks(bytes: Uint8Array): Uint8Array {
  const parts = [bytes.subarray(0, signatureBytes)]
  for (const { type, span, intact } of pngChunks(new ByteReader(bytes)))
    if (intact && pixelChunks.has(type)) parts.push(bytes.subarray(span.offset, span.offset + span.length))
  return concatBytes([...parts, iend])
}
