import { graphics, photographs } from '@sluice/testkit/pictures'
import { describe, expect, it } from 'vitest'
import { classify, texture } from './classify.mjs'

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

  it.each([
    ['bare', (x: number, y: number) => ((x * 7 + y * 3) % 40 < 6 ? (x * x + y * y * 5) & 7 : 255)],
    ['a gradient without grain', (x: number) => x >> 2],
  ])('calls %s a graphic', (_, grey: (x: number, y: number) => number) => {
    const rgba = new Uint8Array(200 * 100 * 4).fill(255)
    for (let i = 0; i < 200 * 100; i++) rgba.fill(grey(i % 200, Math.floor(i / 200)), 4 * i, 4 * i + 3)
    expect(classify(rgba, 200, 100)).toBe('graphic')
  })

  it('calls text that was made smaller a photograph', () => {
    const rgba = new Uint8Array(240 * 100 * 4).fill(255)
    const stroke = [0, 120, 124, 126, 123, 121]
    for (let i = 0; i < 240 * 100; i += 24)
      for (const [x, grey] of stroke.entries()) rgba.fill(grey, 4 * (i + x), 4 * (i + x) + 3)
    const { equal, soft, hard } = texture(rgba, 240, 100)
    expect([equal > 0.65, soft >= 0.5, hard >= 0.2]).toEqual([true, true, true])
    expect(classify(rgba, 240, 100)).toBe('photograph')
  })

  it('takes invisible pixels for equal', () => {
    const rgba = Uint8Array.from({ length: 64 * 64 * 4 }, (_, i) => (i % 4 === 3 ? 0 : (i * 37) & 255))
    expect(texture(rgba, 64, 64).equal).toBe(1)
  })

  it('calls a single pixel a graphic', () => {
    expect(classify(new Uint8Array([1, 2, 3, 255]), 1, 1)).toBe('graphic')
  })
})
