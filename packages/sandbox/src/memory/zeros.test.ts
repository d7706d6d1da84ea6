import { expect, test, vi } from 'vitest'
import { tidyBeforeLarge, zeros } from './zeros.js'

test.each([0, 1, 262_143, 262_144, 262_145, 5_000_001])('%d zeros', length => {
  const bytes = zeros(length)
  expect(bytes.length).toBe(length)
  expect(bytes.every(byte => byte === 0)).toBe(true)
  bytes.fill(7)
  expect(zeros(length).every(byte => byte === 0)).toBe(true)
})

test('large ones are not of the heap of the C library, and a worker may tidy up before', () => {
  const tidy = vi.fn()
  tidyBeforeLarge(tidy)
  // Only a memory of WebAssembly is a whole number of its pages.
  expect(zeros(262_145).buffer.byteLength).toBe(5 * 65_536)
  expect(zeros(262_143).buffer.byteLength).toBe(262_143)
  expect(tidy).toHaveBeenCalledTimes(1)
  tidyBeforeLarge(() => {})
})
