import { expect, it } from 'vitest'
import { crc32 } from './crc32.js'

it('gives the check value of CRC-32, and that of nothing', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
  expect(crc32(new Uint8Array())).toBe(0)
})

it('gives the checksum that every PNG ends with', () => {
  expect(crc32(new TextEncoder().encode('IEND'))).toBe(0xae426082)
})
