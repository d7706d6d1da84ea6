const SLICES = 4

/** `table[256 * n + byte]`: what a byte with n zero bytes after it does to the checksum. */
const table = new Int32Array(256 * SLICES)
for (let at = 0; at < table.length; at++) {
  let value = at < 256 ? at : (table[at - 256] ?? 0)
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  table[at] = value
}

/**
 * CRC-32 as PNG computes it (ISO 3309; PNG 3rd edition, annex D), four bytes at a time by tables (Kounavis
 * and Berry, 2005): probing a PNG reads the whole of it. Words are little-endian, as on every machine that
 * runs JavaScript today.
 */
export function crc32(bytes: Uint8Array): number {
  const start = -bytes.byteOffset & 3
  if (bytes.length < start + SLICES) return ~eachByte(-1, bytes) >>> 0
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + start, (bytes.length - start) >> 2)
  let value = eachByte(-1, bytes.subarray(0, start))
  for (let at = 0; at < words.length; at++) {
    const all = value ^ (words[at] ?? 0)
    value =
      (table[768 + (all & 0xff)] ?? 0) ^
      (table[512 + ((all >>> 8) & 0xff)] ?? 0) ^
      (table[256 + ((all >>> 16) & 0xff)] ?? 0) ^
      (table[all >>> 24] ?? 0)
  }
  return ~eachByte(value, bytes.subarray(start + words.byteLength)) >>> 0
}

function eachByte(before: number, bytes: Uint8Array): number {
  let value = before
  for (const byte of bytes) value = (value >>> 8) ^ (table[(value ^ byte) & 0xff] ?? 0)
  return value
}
