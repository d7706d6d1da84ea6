import { getHeapStatistics } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test, vi } from 'vitest'
import { tidyAbove } from './garbage.js'

/** As if another thread had taken the flag back between the first two steps. */
vi.mock('node:vm', async original => {
  const vm = await original<typeof import('node:vm')>()
  return { ...vm, runInNewContext: vi.fn(vm.runInNewContext).mockReturnValueOnce(undefined) }
})

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
  expect(runInNewContext).toHaveBeenCalledTimes(2)
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
