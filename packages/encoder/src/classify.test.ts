import { describe, expect, it } from 'vitest'
import { graphics, photographs } from '../../../benchmarks/pictures.mjs'
import { classify, texture } from './classify.js'

describe('classify', () => {
  it.each(Object.entries(photographs))('calls %s a photograph', (_, make) => {
    for (const seed of [1, 2, 3]) {
      const { rgba, width, height } = make(240, 180, seed)
      expect(classify(rgba, width, height)).toBe('photograph')
    }
  })

  it.each(Object.entries(graphics))('calls %s a graphic', (_, make) => {
    for (const seed of [1, 2, 3]) {
      const { rgba, width, height } = make(240, 180, seed)
      expect(classify(rgba, width, height)).toBe('graphic')
    }
  })

  it('takes invisible pixels for equal', () => {
    const rgba = Uint8Array.from({ length: 64 * 64 * 4 }, (_, i) => (i % 4 === 3 ? 0 : (i * 37) & 255))
    expect(texture(rgba, 64, 64).equal).toBe(1)
  })

  it('calls a single pixel a graphic', () => {
    expect(classify(new Uint8Array([1, 2, 3, 255]), 1, 1)).toBe('graphic')
  })
})
