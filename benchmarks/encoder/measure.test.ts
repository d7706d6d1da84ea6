import { foliage, graphics, photographs } from '@sluice/testkit/pictures'
import { describe, expect, it } from 'vitest'
import { bdRate } from './bd-rate.mjs'
import { METRICS } from './measure.mjs'
import { compare } from './metrics/metrics.mjs'

describe('bdRate', () => {
  const curve = [20_000, 40_000, 80_000, 160_000].map((bytes, i) => [bytes, 34 + 3 * i] as const)

  it('is the change of bytes where that is the same everywhere', () => {
    const fewer = curve.map(([bytes, quality]) => [bytes * 0.9, quality])
    expect(bdRate(curve, fewer)).toBeCloseTo(-10, 6)
    expect(bdRate(curve, curve)).toBeCloseTo(0, 9)
  })

  it('is not a number where curves share no quality', () => {
    expect(
      bdRate(
        curve,
        curve.map(([bytes, quality]) => [bytes, quality + 100]),
      ),
    ).toBeNaN()
  })
})

describe('compare', () => {
  const { rgba, width, height } = foliage(160, 120)
  const disturbed = (by: number) =>
    rgba.map((v, i) => (i % 4 === 3 ? v : Math.max(0, Math.min(255, v + (((i * 7919) % 13) - 6) * by))))

  it('finds no fault in the same picture', () => {
    expect(compare(rgba, rgba, width, height)).toEqual({ luma: 99, rgb: 99, ssim: 90, ssimulacra2: 100 })
  })

  it('falls in every metric as the error grows', () => {
    const [a, b, c] = [0.3, 0.6, 1.5].map(by => compare(rgba, disturbed(by), width, height))
    for (const metric of METRICS) {
      expect(a[metric]).toBeGreaterThan(b[metric])
      expect(b[metric]).toBeGreaterThan(c[metric])
    }
  })

  it('knows the error of one grey level in PSNR', () => {
    const grey = new Uint8Array(64 * 64 * 4).fill(100)
    const brighter = grey.map((v, i) => (i % 4 === 3 ? v : v + 1))
    expect(compare(grey, brighter, 64, 64).rgb).toBeCloseTo(48.13, 2)
  })
})

describe('pictures', () => {
  it.each(Object.entries({ ...photographs, ...graphics }))('%s is the same every time', (_, make) => {
    expect(make(64, 48, 5).rgba).toEqual(make(64, 48, 5).rgba)
    expect(make(64, 48, 5).rgba).toHaveLength(64 * 48 * 4)
  })
})
