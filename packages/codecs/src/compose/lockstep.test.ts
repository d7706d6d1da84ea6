import { expect, test } from 'vitest'
import { lockstep } from './lockstep.js'

async function* count(upTo: number, pulled: number[] = []) {
  for (let n = 0; n < upTo; n++) {
    pulled.push(n)
    yield n
  }
}
async function collect(items: AsyncIterable<number>, limit = Number.POSITIVE_INFINITY) {
  const seen: number[] = []
  for await (const item of items) {
    seen.push(item)
    if (seen.length === limit) break
  }
  return seen
}

test('every reader sees every item', async () => {
  const branches = lockstep(count(4), 3)
  expect(await Promise.all(branches.map(branch => collect(branch)))).toEqual([
    [0, 1, 2, 3],
    [0, 1, 2, 3],
    [0, 1, 2, 3],
  ])
})

test('an item is pulled only when all have asked for it', async () => {
  const pulled: number[] = []
  const [a, b] = lockstep(count(4, pulled), 2)
  const first = a?.[Symbol.asyncIterator]().next()
  await Promise.resolve()
  expect(pulled).toEqual([])
  await b?.[Symbol.asyncIterator]().next()
  expect(await first).toEqual({ done: false, value: 0 })
  expect(pulled).toEqual([0])
})

test('a reader that stops early does not hold up the others', async () => {
  const [a, b, c] = lockstep(count(4), 3)
  if (!a || !b || !c) throw new Error('three were asked for')
  const seen = Promise.all([collect(a), collect(b, 1)])
  c.release()
  expect(await seen).toEqual([[0, 1, 2, 3], [0]])
})

test('an error of the source reaches every reader', async () => {
  async function* failing() {
    yield 1
    throw new Error('broken')
  }
  const results = await Promise.allSettled(lockstep(failing(), 2).map(branch => collect(branch)))
  expect(results.map(result => result.status)).toEqual(['rejected', 'rejected'])
})
