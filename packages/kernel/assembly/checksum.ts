// CRC-32 (PNG 3rd edition, 5.5 and annex D) and Adler-32 (RFC 1950, 8.2).
import { alloc } from './memory'

const CRC_POLYNOMIAL: u32 = 0xedb88320; // reflected
/** Sixteen tables of 256: table k says what a byte does to the remainder after k more zero bytes. */
let tables: usize = 0

/** To be called once before `crc32`. False when there is no memory. */
export function makeCrcTables(): bool {
  tables = alloc(16 * 1024)
  if (!tables) return false
  for (let i: u32 = 0; i < 256; i++) {
    let c = i
    for (let k = 0; k < 8; k++) c = (c >> 1) ^ (c & 1 ? CRC_POLYNOMIAL : 0)
    store<u32>(tables + (<usize>i << 2), c)
  }
  for (let i: usize = 256; i < 4096; i++) {
    const c = load<u32>(tables + ((i - 256) << 2))
    store<u32>(tables + (i << 2), (c >> 8) ^ load<u32>(tables + (<usize>(c & 255) << 2)))
  }
  return true
}

// @ts-ignore: decorator
@inline function slice(table: usize, byte: u32): u32 {
  return load<u32>(tables + (table << 10) + (<usize>(byte & 255) << 2))
}

/** The CRC of `n` bytes, sixteen at a time. */
export function crc32(p: usize, n: usize): u32 {
  let c: u32 = 0xffffffff
  const end = p + n, wide = p + (n & ~15)
  for (; p < wide; p += 16) {
    const u = load<u32>(p) ^ c, v = load<u32>(p, 4), w = load<u32>(p, 8), x = load<u32>(p, 12)
    c = slice(15, u) ^ slice(14, u >> 8) ^ slice(13, u >> 16) ^ slice(12, u >> 24)
      ^ slice(11, v) ^ slice(10, v >> 8) ^ slice(9, v >> 16) ^ slice(8, v >> 24)
      ^ slice(7, w) ^ slice(6, w >> 8) ^ slice(5, w >> 16) ^ slice(4, w >> 24)
      ^ slice(3, x) ^ slice(2, x >> 8) ^ slice(1, x >> 16) ^ slice(0, x >> 24)
  }
  for (; p < end; p++) c = (c >> 8) ^ slice(0, c ^ load<u8>(p))
  return ~c
}

const ADLER_BASE: u32 = 65521
/** Bytes summed before a reduction: small enough for both sums to stay in 32 bits. */
const ADLER_RUN: usize = 4096

/** Adler-32 of `n` more bytes; a checksum starts as 1. */
export function adler32(adler: u32, p: usize, n: usize): u32 {
  let a = adler & 0xffff, b = adler >> 16
  const one = i16x8.splat(1)
  const weightLow = i16x8(16, 15, 14, 13, 12, 11, 10, 9), weightHigh = i16x8(8, 7, 6, 5, 4, 3, 2, 1)
  while (n > 0) {
    const run = n < ADLER_RUN ? n : ADLER_RUN
    const wide = run & ~15
    let sum = i32x4.splat(0), before = i32x4.splat(0), weighted = i32x4.splat(0)
    const end = p + wide
    for (let q = p; q < end; q += 16) {
      const v = v128.load(q)
      const low = i16x8.extend_low_i8x16_u(v), high = i16x8.extend_high_i8x16_u(v)
      before = i32x4.add(before, sum); // what each earlier byte still adds to b, in units of 16
      sum = i32x4.add(sum, i32x4.dot_i16x8_s(i16x8.add(low, high), one))
      weighted = i32x4.add(weighted, i32x4.add(i32x4.dot_i16x8_s(low, weightLow), i32x4.dot_i16x8_s(high, weightHigh)))
    }
    b += a * <u32>wide + 16 * lanes(before) + lanes(weighted)
    a += lanes(sum)
    for (let q = end; q < p + run; q++) { a += load<u8>(q); b += a; }
    a %= ADLER_BASE
    b %= ADLER_BASE
    p += run
    n -= run
  }
  return (b << 16) | a
}

// @ts-ignore: decorator
@inline function lanes(v: v128): u32 {
  return i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3)
}
