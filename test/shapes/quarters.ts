import { deflateSync } from 'node:zlib'
import { pngChunk, pngSignature } from '@sluice/testkit/images/png'

const colours = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [0, 0, 0],
] as const

/**
 * A PNG of four quarters: red and green above, blue and black below, as stored.
 * @param orientation of an eXIf chunk (PNG 3rd edition, 11.3.2.3)
 */
export function quarters(width: number, height: number, orientation?: number): Uint8Array {
  const rows = Array.from({ length: height }, (_, y) => [
    0,
    ...Array.from(
      { length: width },
      (_, x) => colours[Number(2 * y >= height) * 2 + Number(2 * x >= width)],
    ).flatMap(colour => colour ?? []),
  ])
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    pngSignature,
    pngChunk('IHDR', header),
    ...(orientation === undefined ? [] : [pngChunk('eXIf', exif(orientation))]),
    pngChunk('IDAT', deflateSync(Uint8Array.from(rows.flat()))),
    pngChunk('IEND', []),
  ])
}

/** TIFF, big endian, one entry: 0x0112, SHORT. */
function exif(orientation: number): number[] {
  return [
    ...Buffer.from('MM'),
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    1,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ]
}
