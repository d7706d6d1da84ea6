import { expect, test } from 'vitest'
import { Ledger, SandboxError } from '../sandbox/index.js'
import { kernelResizer } from './resizer.js'

const MiB = 2 ** 20
const from = { width: 500, height: 400, pixels: new Uint8Array(4 * 500 * 400).fill(99) }
/** 8 MiB of pixels. */
const to = { width: 2048, height: 1024, alpha: false }
const budget = { timeMs: 10_000, headroom: 3, memoryMb: 64 }

test('a resize takes its result and about 2 MiB, and nothing once it is done', async () => {
  const ledger = new Ledger(8 * MiB + 2.5 * MiB)
  const { pixels } = await kernelResizer.resize(from, { ...to, budget: { ...budget, ledger } })
  expect(pixels.length).toBe(8 * MiB)
  expect(pixels.every(value => value === 99)).toBe(true)
  // A buffer of its own: it may be kept, and handed to another thread.
  expect(pixels.buffer.byteLength).toBe(8 * MiB)
  expect(ledger.held).toBe(0)
})

test('the result is counted while the kernel works', async () => {
  const ledger = new Ledger(64 * MiB)
  const held: number[] = []
  const work = { isSpent: false, leftMs: 10_000, spend: () => held.push(ledger.held) }
  await kernelResizer.resize(from, { ...to, budget: { ...budget, ledger, work: work as never } })
  expect(held.length).toBe(1)
  expect(held[0]).toBeGreaterThan(8 * MiB)
  expect(held[0]).toBeLessThan(8 * MiB + 2.5 * MiB)
})

test('a result that does not fit is refused, with a ledger or without, and leaves nothing', async () => {
  const ledger = new Ledger(8 * MiB - 1)
  for (const short of [
    { ...budget, ledger },
    { ...budget, memoryMb: 7 },
  ])
    await expect(kernelResizer.resize(from, { ...to, budget: short })).rejects.toMatchObject({
      kind: 'out-of-memory',
    } satisfies Partial<SandboxError>)
  expect(ledger.held).toBe(0)
})

test('what the kernel refuses leaves nothing', async () => {
  const ledger = new Ledger(64 * MiB)
  const starved = { ...budget, headroom: 1e-6, ledger }
  await expect(kernelResizer.resize(from, { ...to, budget: starved })).rejects.toThrow(SandboxError)
  expect(ledger.held).toBe(0)
})
