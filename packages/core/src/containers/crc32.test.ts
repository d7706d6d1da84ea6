import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { crc32 } from './crc32.js'

it('gives the check value of CRC-32, and that of nothing', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
  expect(crc32(new Uint8Array())).toBe(0)
})

it('gives the checksum that every PNG ends with', () => {
  expect(crc32(new TextEncoder().encode('IEND'))).toBe(0xae426082)
})

it('agrees with the checksum that zlib writes, at any length and any place', () => {
  // The last eight bytes of gzip: CRC-32 and length (RFC 1952, section 2.3.1).
  const ofZlib = (bytes: Uint8Array) => gzipSync(bytes).readUInt32LE(gzipSync(bytes).length - 8)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), fc.nat(7), (bytes, from) => {
      const part = bytes.subarray(from)
      return crc32(part) === ofZlib(part)
    }),
  )
})
