const SLICES = 4

/** `table[256 * n + byte]`: what a byte with n zero bytes after it does to the checksum. */
const table = new Int32Array(256 * SLICES)
for (let at = 0; at < table.length; at++) {
  let value = at < 256 ? at : (table[at - 256] ?? 0)
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  table[at] = value
}

/**
 * CRC-32 as PNG computes it (ISO 3309; PNG 3rd edition, annex D), four bytes at a time by tables (Kounavis and Berry,
 * 2005): probing a PNG reads the whole of it.
 */
export function crc32(bytes: Uint8Array): number {
  let value = -1
  let at = 0
  for (const end = bytes.length - SLICES; at <= end; at += SLICES) {
    value ^=
      (bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24)
    value =
      (table[768 + (value & 0xff)] ?? 0) ^
      (table[512 + ((value >>> 8) & 0xff)] ?? 0) ^
      (table[256 + ((value >>> 16) & 0xff)] ?? 0) ^
      (table[value >>> 24] ?? 0)
  }
  for (; at < bytes.length; at++) value = (value >>> 8) ^ (table[(value ^ (bytes[at] ?? 0)) & 0xff] ?? 0)
  return ~value >>> 0
}
