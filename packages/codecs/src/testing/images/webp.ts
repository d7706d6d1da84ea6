import type { Picture } from '../../codec.js'
import { ascii, BitWriter, exifOf, le32 } from './bytes.js'

/** A lossless WebP (RFC 9649) with every byte of a pixel as a literal of 8 bits. */
export function makeWebp(picture: Picture, orientation = 1): Uint8Array {
  const image = chunk('VP8L', vp8l(picture))
  const { width, height } = picture
  const extended = [
    ...chunk('VP8X', [0x18, 0, 0, 0, ...le32(width - 1).slice(0, 3), ...le32(height - 1).slice(0, 3)]),
    ...image,
    ...chunk('EXIF', exifOf(orientation)),
  ]
  const body = [...ascii('WEBP'), ...(orientation === 1 ? image : extended)]
  return Uint8Array.from([...ascii('RIFF'), ...le32(body.length), ...body])
}

const chunk = (type: string, data: readonly number[]) => [
  ...ascii(type),
  ...le32(data.length),
  ...data,
  ...(data.length % 2 === 0 ? [] : [0]),
]

function vp8l({ width, height, pixels }: Picture): number[] {
  const bits = new BitWriter('low')
  bits.put(0x2f, 8)
  bits.put(width - 1, 14)
  bits.put(height - 1, 14)
  bits.put(1, 1) // alpha is used
  bits.put(0, 3) // version
  bits.put(0, 3) // no transform, no colour cache, one group of codes
  for (let code = 0; code < 4; code++) putFlatCode(bits)
  bits.put(0b0001, 4) // distances: one symbol, 0
  for (let at = 0; at < pixels.length; at += 4)
    for (const channel of [1, 0, 2, 3]) bits.put(mirrored(pixels[at + channel] ?? 0), 8)
  return bits.end(0)
}

/** A code in which each of the first 256 symbols has 8 bits (RFC 9649, 3.7.2.1). */
function putFlatCode(bits: BitWriter): void {
  bits.put(0, 1) // not a simple code
  bits.put(8, 4) // 12 lengths follow, in the order 17 18 0 1 2 3 4 5 16 6 7 8
  for (let index = 0; index < 12; index++) bits.put(index === 11 ? 1 : 0, 3)
  bits.put(1, 1) // not all symbols:
  bits.put(3, 3) // their number less 2 in 8 bits
  bits.put(254, 8)
}

/** Codes go with their highest bit first into a stream that goes with its lowest first. */
const mirrored = (byte: number) =>
  Array.from({ length: 8 }, (_, bit) => (byte >> bit) & 1).reduce((value, bit) => 2 * value + bit, 0)
