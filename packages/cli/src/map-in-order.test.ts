import { expect, test } from 'vitest'
import { mapInOrder } from './map-in-order.js'

test('results keep the order of the items, and no more jobs run than allowed', async () => {
  let running = 0
  let most = 0
  const work = async (item: number) => {
    most = Math.max(most, ++running)
    await new Promise(resolve => setTimeout(resolve, (item * 7) % 5))
    running--
    return item
  }
  const items = Array.from({ length: 30 }, (_, index) => index)
  const results = []
  for await (const result of mapInOrder(items, 4, work)) results.push(result)
  expect(results).toEqual(items)
  expect(most).toBe(4)
})

test('a failure comes in its turn, and leaves nothing running', async () => {
  let running = 0
  const work = async (item: number) => {
    running++
    await new Promise(resolve => setTimeout(resolve, item))
    running--
    if (item !== 5) throw new Error(String(item))
    return item
  }
  const seen: unknown[] = []
  await expect(async () => {
    for await (const result of mapInOrder([5, 1, 20], 3, work)) seen.push(result)
  }).rejects.toThrow('1')
  expect([seen, running]).toEqual([[5], 0])
})
