import { describe, expect, it } from 'vitest'
import { quantiserIndex } from './quality.js'

describe('quantiserIndex', () => {
  it('falls as quality rises, whatever the activity', () => {
    for (const activity of [0, 45, 58, 70, 255]) {
      const indices = Array.from({ length: 101 }, (_, quality) => quantiserIndex(quality, activity))
      expect(indices).toEqual([...indices].sort((a, b) => b - a))
      expect(indices[100]).toBe(0)
      expect(indices[0]).toBe(127)
    }
  })

  it('is fitted at quality 82', () => {
    expect(quantiserIndex(82, 58)).toBeCloseTo(15.1)
    expect(quantiserIndex(82, 68)).toBeCloseTo(16)
  })
})
