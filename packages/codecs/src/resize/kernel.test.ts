import { SandboxError } from '@sluice/sandbox'
import { expect, test } from 'vitest'
import { ImageBudget } from '../budget.js'
import { kernelResizer } from './kernel.js'

const MiB = 2 ** 20
const from = { width: 500, height: 400, pixels: new Uint8Array(4 * 500 * 400).fill(99) }
/** 8 MiB of pixels. */
const to = { width: 2048, height: 1024, alpha: false }
const budgetOf = (memoryMb: number, headroom = 3) => new ImageBudget({ timeMs: 10_000, headroom, memoryMb })

test('a resize takes about 2 MiB beside its result, and nothing once it is done', async () => {
  const budget = budgetOf(2.5)
  const { pixels } = await kernelResizer.resize(from, { ...to, budget })
  expect(pixels.length).toBe(8 * MiB)
  expect(pixels.every(value => value === 99)).toBe(true)
  // A buffer of its own: it may be kept, and handed to another thread.
  expect(pixels.buffer.byteLength).toBe(8 * MiB)
  expect(budget.memory.held).toBe(0)
})

test('a kernel that does not fit is refused, and leaves nothing', async () => {
  const budget = budgetOf(0.5)
  await expect(kernelResizer.resize(from, { ...to, budget })).rejects.toMatchObject({
    kind: 'out-of-memory',
  } satisfies Partial<SandboxError>)
  expect(budget.memory.held).toBe(0)
})

test('what the kernel refuses leaves nothing', async () => {
  const starved = budgetOf(64, 1e-6)
  await expect(kernelResizer.resize(from, { ...to, budget: starved })).rejects.toThrow(SandboxError)
  expect(starved.memory.held).toBe(0)
})
