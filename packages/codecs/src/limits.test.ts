import { expect, it } from 'vitest'
import { limitsOf } from './limits.js'
import { Work } from './work.js'

const budget = { timeMs: 1000, headroom: 3, memoryMb: 64 }

it('fuel is the price with headroom, and at most what the time allows', () => {
  const fuelOf = (fuel: number, perMs: number) => limitsOf(budget, { fuel, perMs }).fuel
  expect(fuelOf(100, 1)).toBe(300)
  expect(fuelOf(333, 1)).toBe(999)
  expect(fuelOf(334, 1)).toBe(1000)
  expect(fuelOf(1e12, 5)).toBe(5000)
  expect(fuelOf(0.1, 5)).toBe(1)
})

it('instances of one image share its time', () => {
  const work = new Work(budget.timeMs)
  const next = () => limitsOf({ ...budget, work }, { fuel: 1e6, perMs: 5 })
  const first = next()
  expect(first.fuel).toBe(5000)
  first.onFuel?.(2000)
  expect(work.leftMs).toBe(600)
  expect(next().fuel).toBe(3000)
  next().onFuel?.(3000)
  expect(work).toMatchObject({ leftMs: 0, isSpent: false })
  work.spend(1)
  expect(work).toMatchObject({ leftMs: 0, isSpent: true })
  expect(next().fuel).toBe(0)
})

it('what is not metered has no fuel', () => {
  expect(limitsOf(budget)).toMatchObject({ fuel: 0, memoryBytes: 64 * 2 ** 20 })
})
