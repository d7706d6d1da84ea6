import { type Limits, MemoryBudget } from '@sluice/sandbox'
import { expect, it } from 'vitest'
import { picture } from '../../test/pictures.js'
import { decodePng } from '../formats/png/rust-png.js'
import { encodeWebp } from '../formats/webp/libwebp/encode-webp.js'

const MiB = 2 ** 20
const limits = (memory: MemoryBudget): Limits => ({ memoryBytes: memory.ceiling, fuel: 1e9, memory })

it('adds up what is held, and refuses what is more than is left', () => {
  const memory = new MemoryBudget(100)
  const growing = { bytes: 30 }
  const end = memory.reserve(growing)
  memory.reserve({ bytes: 60 })
  expect([memory.held, memory.left]).toEqual([90, 10])
  expect(() => memory.reserve({ bytes: 11 })).toThrow('11 bytes: 90 of 100 are held')
  growing.bytes = 50
  expect(memory.left).toBe(0)
  end()
  end()
  expect([memory.held, memory.left]).toEqual([60, 40])
})

it('counts parts that are added, to the last byte, and releases them at once', () => {
  const memory = new MemoryBudget(100)
  const { add, release } = memory.growth()
  add(30)
  add(60)
  memory.reserve({ bytes: 6 })
  expect(() => add(5)).toThrow('5 bytes: 96 of 100 are held')
  add(4)
  expect(memory.left).toBe(0)
  release()
  release()
  expect(memory.held).toBe(6)
})

it('bounds two instances together to the page', async () => {
  const file = await picture('png/photo.png')
  const both = async (memory: MemoryBudget) => {
    const { pixels, width, height, cost, release } = await decodePng(file, limits(memory))
    try {
      const { cost: encoding } = await encodeWebp(
        pixels,
        width,
        height,
        { quality: 80, effort: 2 },
        limits(memory),
      )
      expect(memory.held).toBe(cost.memoryBytes)
      return cost.memoryBytes + encoding.memoryBytes
    } finally {
      release()
      expect(memory.held).toBe(0)
    }
  }
  const sum = await both(new MemoryBudget(64 * MiB))
  expect(await both(new MemoryBudget(sum))).toBe(sum)
  await expect(both(new MemoryBudget(sum - 1))).rejects.toMatchObject({ kind: 'out-of-memory' })
  // The same in memories that served before and are larger.
  await both(new MemoryBudget(64 * MiB))
  await expect(both(new MemoryBudget(sum - 1))).rejects.toMatchObject({ kind: 'out-of-memory' })
})
