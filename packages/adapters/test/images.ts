import { deflateSync } from 'node:zlib'
import { pngChunk, pngSignature } from '@sluice/testkit/images/png'

/** A grey PNG of the given size. */
export function pngImage(width = 8, height = 8): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc((width + 1) * height, 0x80)
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0
  return new Uint8Array([
    ...pngSignature,
    ...pngChunk('IHDR', header),
    ...pngChunk('IDAT', deflateSync(rows)),
    ...pngChunk('IEND', []),
  ])
}
