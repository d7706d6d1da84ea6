import { describe, expect, it } from 'vitest'
import { quantiserIndex } from './quality.js'

describe('quantiserIndex', () => {
  it('falls as quality rises, however much is flat', () => {
    for (const flat of [0, 0.3, 0.9, 0.95, 1]) {
      const indices = Array.from({ length: 101 }, (_, quality) => quantiserIndex(quality, flat))
      expect(indices).toEqual([...indices].sort((a, b) => b - a))
      expect(indices[100]).toBe(0)
      expect(indices[0]).toBe(127)
    }
  })

  it('is fitted at quality 82, and finer where more is flat', () => {
    expect(quantiserIndex(82, 0)).toBeCloseTo(16.5)
    expect(quantiserIndex(82, 0.5)).toBeCloseTo(15.65)
    expect(quantiserIndex(82, 1)).toBeCloseTo(12.7)
  })
})
