import { expect, test } from 'vitest'
import { FairQueue } from './fair-queue.js'

function queueOf(...items: readonly string[]): FairQueue<string> {
  const queue = new FairQueue<string>()
  for (const item of items) queue.push(item[0] ?? '', item)
  return queue
}
function drain(queue: FairQueue<string>): string[] {
  const order: string[] = []
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) order.push(item)
  return order
}

test('the keys take turns, each in its own order', () => {
  expect(drain(queueOf('a1', 'a2', 'a3', 'b1', 'c1', 'c2'))).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3'])
})

test('whoever comes again waits for the others', () => {
  const queue = queueOf('a1', 'b1')
  expect(queue.shift()).toBe('a1')
  queue.push('a', 'a2')
  expect(drain(queue)).toEqual(['b1', 'a2'])
})

test('who leaves is not served, and leaves no key behind', () => {
  const queue = queueOf('a1', 'b1', 'a2')
  queue.remove('b', 'b1')
  queue.remove('b', 'b1')
  queue.remove('a', 'never came')
  expect(queue.length).toBe(2)
  expect(drain(queue)).toEqual(['a1', 'a2'])
  expect(queue.length).toBe(0)
})

test('who may not go keeps the turn: others pass, or nobody does', () => {
  const queue = queueOf('a1', 'b1', 'a2', 'c1')
  expect(queue.shift(item => (item.startsWith('a') ? 'pass' : 'go'))).toBe('b1')
  expect(queue.shift(item => (item.startsWith('a') ? 'wait' : 'go'))).toBeUndefined()
  expect(queue.shift(() => 'pass')).toBeUndefined()
  expect(queue.length).toBe(3)
  expect(drain(queue)).toEqual(['a1', 'c1', 'a2'])
})
