import { afterEach, beforeAll, expect, test } from 'vitest'
import { MemoryBudget } from './budget.js'
import { countHeld, heldBytes } from './held.js'
import { acquireMemory, dropIdle, releaseMemory } from './pool.js'
import { dropSpare, recycle, reuseBuffers, zeros } from './zeros.js'

beforeAll(() => reuseBuffers(() => {}))
afterEach(() => {
  dropIdle()
  dropSpare()
})

test('what is held is the sum of what is counted, as long as it is', () => {
  const ends = [countHeld({ bytes: 5 }), countHeld({ bytes: 7 })]
  expect(heldBytes()).toBe(12)
  ends[0]?.()
  ends[0]?.()
  expect(heldBytes()).toBe(7)
  ends[1]?.()
  expect(heldBytes()).toBe(0)
})

test('a budget is a holding of all that it holds', () => {
  const budget = new MemoryBudget(1000)
  const end = countHeld(budget)
  const { release } = budget.allocate(400)
  budget.reserve({ bytes: 100 })
  expect(heldBytes()).toBe(500)
  release()
  expect(heldBytes()).toBe(100)
  end()
  expect(heldBytes()).toBe(0)
})

test('a memory that waits for its next use is held too', () => {
  releaseMemory(acquireMemory(2, 1000))
  expect(heldBytes()).toBe(2 * 65_536)
  dropIdle()
  expect(heldBytes()).toBe(0)
})

test('so is a buffer', () => {
  recycle(zeros(2 ** 20))
  expect(heldBytes()).toBe(2 ** 20)
})

test('what a budget allocated is used again after its release', () => {
  const { bytes, release } = new MemoryBudget(2 ** 21).allocate(2 ** 20)
  release()
  release()
  expect([bytes.length, heldBytes(), zeros(2 ** 20).buffer.byteLength]).toEqual([0, 2 ** 20, 2 ** 20])
})
