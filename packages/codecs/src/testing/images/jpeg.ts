import type { Picture } from '../../codec.js'
import { ascii, BitWriter, be16, exifOf } from './bytes.js'

/**
 * A baseline JPEG (ITU-T T.81), three components, not subsampled, one flat colour a block of 8 x 8: that of its first pixel.
 * Sizes are multiples of 8.
 */
export function makeJpeg({ width, height, pixels }: Picture, orientation = 1): Uint8Array {
  const segment = (marker: number, body: readonly number[]) => [
    0xff,
    marker,
    ...be16(body.length + 2),
    ...body,
  ]
  const scan = new BitWriter('high')
  const last = [0, 0, 0]
  for (let y = 0; y < height; y += 8)
    for (let x = 0; x < width; x += 8) {
      const at = 4 * (y * width + x)
      toYcc(pixels.subarray(at, at + 3)).forEach((level, component) => {
        putDifference(scan, level - (last[component] ?? 0))
        scan.put(0, 1) // end of block, the only AC code
        last[component] = level
      })
    }
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xe1, [...ascii('Exif\0\0'), ...exifOf(orientation)]),
    ...segment(0xdb, [0, ...Array<number>(64).fill(8)]),
    ...segment(0xc0, [8, ...be16(height), ...be16(width), 3, ...[1, 2, 3].flatMap(id => [id, 0x11, 0])]),
    ...segment(0xc4, [0x00, ...codeCounts(4, 9), ...[0, 1, 2, 3, 4, 5, 6, 7, 8]]),
    ...segment(0xc4, [0x10, ...codeCounts(1, 1), 0]),
    ...segment(0xda, [3, ...[1, 2, 3].flatMap(id => [id, 0]), 0, 63, 0]),
    ...scan.end(1).flatMap(byte => (byte === 0xff ? [0xff, 0] : [byte])),
    ...[0xff, 0xd9],
  ])
}

/** The list of a Huffman table that has codes of one length only. */
const codeCounts = (length: number, count: number) =>
  Array.from({ length: 16 }, (_, index) => (index === length - 1 ? count : 0))

/** JFIF's YCbCr, around zero: with a quantiser of 8 these are the DC levels. */
function toYcc(rgb: Uint8Array): number[] {
  const [r = 0, g = 0, b = 0] = rgb
  return [
    Math.round(0.299 * r + 0.587 * g + 0.114 * b - 128),
    Math.round(-0.1687 * r - 0.3313 * g + 0.5 * b),
    Math.round(0.5 * r - 0.4187 * g - 0.0813 * b),
  ]
}

/** Category and bits (T.81, F.1.2.1); the code of a category is its number in 4 bits. */
function putDifference(scan: BitWriter, difference: number): void {
  const category = 32 - Math.clz32(Math.abs(difference))
  scan.put(category, 4)
  scan.put(difference < 0 ? difference + 2 ** category - 1 : difference, category)
}
