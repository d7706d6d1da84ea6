import { definePolicy } from '@sluice/core'
import { expect, test } from 'vitest'
import { memoryShares, poolSize } from './pool-size.js'

const sized = (cores: number, mebibytes: number) => poolSize({ cores, memoryBytes: mebibytes * 2 ** 20 })

test.each([
  [1, 24_000, 1],
  [2, 24_000, 2],
  [4, 24_000, 4],
  [64, 24_000, 4],
  [4, 3000, 4],
  [4, 2000, 3],
  [4, 1024, 1],
  [4, 256, 1],
  [4, 64, 1],
])('%d cores and %d MiB: %d workers', (cores, mebibytes, size) => {
  expect(sized(cores, mebibytes).size).toBe(size)
})

test('all together they stay within the memory, down to 256 MiB', () => {
  for (let mebibytes = 256; mebibytes < 5000; mebibytes += 10) {
    const { size, memoryMb } = sized(64, mebibytes)
    expect(memoryShares.process + size * (memoryShares.worker + memoryMb)).toBeLessThanOrEqual(mebibytes)
  }
})

test('what the default policy allows is cut only where not even one worker has it', () => {
  const { memoryMb } = definePolicy()
  const enough = memoryShares.process + memoryShares.worker + memoryMb
  expect(sized(8, enough)).toEqual({ size: 1, memoryMb })
  expect(sized(8, enough - 1)).toEqual({ size: 1, memoryMb: memoryMb - 1 })
  expect(sized(8, 10)).toEqual({ size: 1, memoryMb: memoryShares.leastImage })
})
