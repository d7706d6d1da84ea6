import { expect, test } from 'vitest'
import { memoryStore } from './memory.js'
import { checkStore } from './testing.js'

test('the memory store does what a store promises', async () => {
  expect(await checkStore(memoryStore())).toEqual([])
})
