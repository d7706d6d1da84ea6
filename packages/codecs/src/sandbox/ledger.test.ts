import { expect, it } from 'vitest'
import { picture } from '../../test/pictures.js'
import { decodePng, encodeWebp, type Limits } from './index.js'
import { Ledger } from './ledger.js'

const MiB = 2 ** 20
const limits = (ledger: Ledger): Limits => ({ memoryBytes: ledger.ceiling, fuel: 1e9, ledger })

it('adds up what is held, and refuses what is more than is left', () => {
  const ledger = new Ledger(100)
  const growing = { bytes: 30 }
  const end = ledger.hold(growing)
  ledger.hold({ bytes: 60 })
  expect([ledger.held, ledger.left]).toEqual([90, 10])
  expect(() => ledger.hold({ bytes: 11 })).toThrow('11 bytes: 90 of 100 are held')
  growing.bytes = 50
  expect(ledger.left).toBe(0)
  end()
  end()
  expect([ledger.held, ledger.left]).toEqual([60, 40])
})

it('bounds two instances together to the page', async () => {
  const file = await picture('png/photo.png')
  const both = async (ledger: Ledger) => {
    const { pixels, width, height, cost, release } = await decodePng(file, limits(ledger))
    try {
      const { cost: encoding } = await encodeWebp(
        pixels,
        width,
        height,
        { quality: 80, effort: 2 },
        limits(ledger),
      )
      expect(ledger.held).toBe(cost.memoryBytes)
      return cost.memoryBytes + encoding.memoryBytes
    } finally {
      release()
      expect(ledger.held).toBe(0)
    }
  }
  const sum = await both(new Ledger(64 * MiB))
  expect(await both(new Ledger(sum))).toBe(sum)
  await expect(both(new Ledger(sum - 1))).rejects.toMatchObject({ kind: 'out-of-memory' })
  // The same in memories that served before and are larger.
  await both(new Ledger(64 * MiB))
  await expect(both(new Ledger(sum - 1))).rejects.toMatchObject({ kind: 'out-of-memory' })
})
