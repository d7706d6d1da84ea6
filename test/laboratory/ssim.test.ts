import { foliage, sky } from '@sluice/testkit/pictures'
import { expect, test } from 'vitest'
import { compare } from '../../benchmarks/encoder/metrics/metrics.mjs'
import { ssim } from '../../examples/laboratory/src/worker/ssim.js'

const [width, height] = [120, 90]
const { rgba } = foliage(width, height)

/** The picture with noise on it, always the same. */
function noisy(strength: number): Uint8Array {
  return rgba.map((value, at) =>
    at % 4 === 3 ? value : value + ((((at * 7919) % 251) - 125) * strength) / 125,
  )
}

test('it is the one of the benchmarks, which says it in decibels', () => {
  for (const strength of [2, 10, 40]) {
    const found = ssim(rgba, noisy(strength), width, height)
    expect(found).toBeLessThan(1)
    expect(-10 * Math.log10(1 - found)).toBeCloseTo(compare(rgba, noisy(strength), width, height).ssim, 2)
  }
})

test('what is the same is 1, and what is smaller than a window too', () => {
  expect(ssim(rgba, rgba, width, height)).toBe(1)
  const { rgba: small } = sky(8, 8)
  expect(
    ssim(
      small,
      small.map(value => 255 - value),
      8,
      8,
    ),
  ).toBe(1)
})
