import { definePolicy } from '@sluice/core'
import { expect, test } from 'vitest'
import { memoryPrices, memoryShares } from './memory-shares.js'

const MiB = 2 ** 20
const sized = (cores: number, mebibytes: number) => memoryShares({ cores, memoryBytes: mebibytes * MiB })

test.each([
  [1, 24_000, 1],
  [2, 24_000, 2],
  [4, 24_000, 4],
  [64, 24_000, 4],
  [4, 2000, 4],
  [4, 1024, 4],
  [4, 512, 4],
  [4, 256, 2],
  [4, 200, 1],
  [4, 64, 1],
])('%d cores and %d MiB: %d workers', (cores, mebibytes, size) => {
  expect(sized(cores, mebibytes).size).toBe(size)
})

test('all together they stay within the memory, down to 256 MiB', () => {
  for (let mebibytes = 256; mebibytes < 20_000; mebibytes += 10) {
    const { size, memoryMb, bodyBytes, garbageBytes } = sized(64, mebibytes)
    const process = memoryPrices.process + (bodyBytes + garbageBytes) / MiB
    const workers = size * (memoryPrices.worker + garbageBytes / 2 / MiB)
    expect(process + workers + memoryMb).toBeLessThanOrEqual(mebibytes)
  }
})

test('an image has what the default policy allows from 256 MiB on', () => {
  const { memoryMb } = definePolicy()
  for (let mebibytes = 256; mebibytes < 20_000; mebibytes += 10)
    expect(sized(64, mebibytes).memoryMb).toBeGreaterThanOrEqual(memoryMb)
  expect(sized(8, 10)).toMatchObject({ size: 1, memoryMb: memoryPrices.leastImage })
})

test('bodies have a tenth, garbage a sixteenth, within bounds', () => {
  expect(sized(2, 320)).toMatchObject({ bodyBytes: 32 * MiB, garbageBytes: 20 * MiB })
  expect(sized(2, 64).garbageBytes).toBe(16 * MiB)
  expect(sized(2, 100_000)).toMatchObject({ bodyBytes: 1024 * MiB, garbageBytes: 64 * MiB })
})
