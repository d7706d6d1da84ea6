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
