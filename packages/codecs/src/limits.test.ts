import { expect, it } from 'vitest'
import { limitsOf } from './limits.js'

const budget = { timeMs: 1000, headroom: 3, memoryMb: 64 }

it('fuel is the price with headroom, and at most what the time allows', () => {
  const fuelOf = (fuel: number, perMs: number) => limitsOf(budget, { fuel, perMs }).fuel
  expect(fuelOf(100, 1)).toBe(300)
  expect(fuelOf(333, 1)).toBe(999)
  expect(fuelOf(334, 1)).toBe(1000)
  expect(fuelOf(1e12, 5)).toBe(5000)
  expect(fuelOf(0.1, 5)).toBe(1)
})

it('what is not metered has no fuel', () => {
  expect(limitsOf(budget)).toMatchObject({ fuel: 0, memoryBytes: 64 * 2 ** 20 })
})
