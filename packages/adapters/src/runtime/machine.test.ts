import { sha256 as byWebCrypto } from '@sluice/core'
import { expect, test } from 'vitest'
import { sha256 } from './machine.js'

test.each([0, 1, 2 ** 20, 3 * 2 ** 20 + 5])('the SHA-256 of %d bytes is that of WebCrypto', async length => {
  const bytes = Uint8Array.from({ length: length + 3 }, (_, at) => at * 31).subarray(3)
  expect(await sha256(bytes)).toBe(await byWebCrypto(bytes))
})

test('between slices others have their turn', async () => {
  let turns = 0
  const other = setInterval(() => turns++, 0)
  const hashed = sha256(new Uint8Array(64 * 2 ** 20))
  await hashed
  clearInterval(other)
  expect(turns).toBeGreaterThan(0)
})
