import type { Picture } from '../../codec.js'
import { ascii, be32, exifOf, le16 } from './bytes.js'

/** An RGBA PNG with stored, not compressed, data (RFC 1951, 3.2.4). At most 65,535 bytes of pixels. */
export function makePng({ width, height, pixels }: Picture, orientation = 1): Uint8Array {
  const rows = Array.from({ length: height }, (_, y) => [
    0,
    ...pixels.subarray(4 * width * y, 4 * width * (y + 1)),
  ]).flat()
  const complement = rows.length ^ 65_535
  const zlib = [0x78, 1, 1, ...le16(rows.length), ...le16(complement), ...rows, ...be32(adler32(rows))]
  return Uint8Array.from([
    ...[0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a],
    ...chunk('IHDR', [...be32(width), ...be32(height), 8, 6, 0, 0, 0]),
    ...(orientation === 1 ? [] : chunk('eXIf', exifOf(orientation))),
    ...chunk('IDAT', zlib),
    ...chunk('IEND', []),
  ])
}

function chunk(type: string, data: readonly number[]): number[] {
  const covered = [...ascii(type), ...data]
  return [...be32(data.length), ...covered, ...be32(crc32(covered))]
}

function crc32(bytes: readonly number[]): number {
  let crc = -1
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

function adler32(bytes: readonly number[]): number {
  let a = 1
  let b = 0
  for (const byte of bytes) {
    a = (a + byte) % 65_521
    b = (b + a) % 65_521
  }
  return b * 65_536 + a
}
