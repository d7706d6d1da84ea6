import { expect, it } from 'vitest'
import { halfOf, ImageBudget, limitsOf } from './budget.js'

const step = 'decode'
const budgetOf = () => new ImageBudget({ timeMs: 1000, headroom: 3, memoryMb: 64 })

it('fuel is the price with headroom, and at most what the time allows', () => {
  const fuelOf = (fuel: number, perMs: number) => limitsOf(budgetOf(), { step, fuel, perMs }).fuel
  expect(fuelOf(100, 1)).toBe(300)
  expect(fuelOf(333, 1)).toBe(999)
  expect(fuelOf(334, 1)).toBe(1000)
  expect(fuelOf(1e12, 5)).toBe(5000)
  expect(fuelOf(0.1, 5)).toBe(1)
})

it('instances of one image share its time', () => {
  const budget = budgetOf()
  const { time } = budget
  const next = () => limitsOf(budget, { step, fuel: 1e6, perMs: 5 })
  const first = next()
  expect(first.fuel).toBe(5000)
  first.onFuel?.(2000, 0)
  expect(time.leftMs).toBe(600)
  expect(next().fuel).toBe(3000)
  next().onFuel?.(3000, 0)
  expect(time).toMatchObject({ leftMs: 0, isSpent: false })
  time.charge(1)
  expect(time).toMatchObject({ leftMs: 0, isSpent: true })
  expect(next().fuel).toBe(0)
})

it('what has no price of its own gets all that the time allows, and an attempt half of what is left', () => {
  const budget = budgetOf()
  const limits = limitsOf(budget, { step, fuel: Number.POSITIVE_INFINITY, perMs: 5 })
  expect(limits).toMatchObject({ fuel: 5000, memoryBytes: 64 * 2 ** 20 })
  expect(halfOf(limits).fuel).toBe(2500)
  expect(halfOf(limits, 10).fuel).toBe(250)
  budget.time.charge(900)
  expect(limits.left?.()).toBe(500)
})

it('counts and allocates in one act, or does neither', () => {
  const budget = new ImageBudget({ timeMs: 1000, headroom: 3, memoryMb: 1 })
  const { bytes, release } = budget.allocate(2 ** 20)
  expect(bytes.length).toBe(2 ** 20)
  expect(() => budget.allocate(1)).toThrow('1 bytes: 1048576 of 1048576 are held')
  release()
  release()
  expect(budget.memory.held).toBe(0)
  expect(budget.allocate(1).bytes.length).toBe(1)
})

it('adds up what each step took, and keeps the most that was held meanwhile', () => {
  const budget = budgetOf()
  const { release } = budget.allocate(3000)
  limitsOf(budget, { step: 'decode', fuel: 1e6, perMs: 5 }).onFuel?.(200, 4)
  release()
  budget.allocate(1000)
  limitsOf(budget, { step: 'decode', fuel: 1e6, perMs: 5 }).onFuel?.(20, 2)
  expect(budget.timed('turn', () => 'done')).toBe('done')
  expect(budget.costs).toEqual([
    { step: 'decode', ms: 6, fuel: 220, memoryBytes: 3000 },
    { step: 'turn', ms: expect.any(Number), fuel: 0, memoryBytes: 1000 },
  ])
})
