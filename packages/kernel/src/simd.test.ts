import { expect, test } from 'vitest'
import { hasSimd, requireSimd } from './simd.js'

test('this runtime has SIMD', () => {
  expect(hasSimd()).toBe(true)
})

test('a module that the runtime does not know means no', () => {
  expect(hasSimd(Uint8Array.of(0, 97, 115, 109, 9, 0, 0, 0))).toBe(false)
})

test('its lack names the alternative', () => {
  expect(() => requireSimd(false)).toThrow(/jsquashRenderer\(\)/)
  expect(() => requireSimd(false)).toThrow(expect.objectContaining({ code: 'no-simd' }))
})
