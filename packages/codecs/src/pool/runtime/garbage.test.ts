import { getHeapStatistics } from 'node:v8'
import { expect, test } from 'vitest'
import { tidyAbove } from './garbage.js'

const MiB = 2 ** 20
const external = () => getHeapStatistics().external_memory

/** Not among the variables of a test, which may keep what it holds alive. */
function makeGarbage(bytes: number): void {
  void new Uint8Array(bytes).length
}

test('what was in use while garbage was collected is garbage later, and is seen', () => {
  const held = [new Uint8Array(40 * MiB)]
  tidyAbove(0, 40 * MiB)
  const before = external()
  held.length = 0
  tidyAbove(16 * MiB, 0)
  expect(external()).toBeLessThan(before - 30 * MiB)
})

test('what is held is no garbage, however much it is', () => {
  tidyAbove(0, 0)
  const held = new Uint8Array(40 * MiB)
  makeGarbage(10 * MiB)
  const before = external()
  tidyAbove(90 * MiB, held.length)
  expect(external()).toBeGreaterThan(before - 8 * MiB)
  tidyAbove(8 * MiB, held.length)
  expect(external()).toBeLessThan(before - 8 * MiB)
})
