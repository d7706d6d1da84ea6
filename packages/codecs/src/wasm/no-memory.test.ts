import { MemoryBudget, type SandboxError } from '@sluice/sandbox'
import { afterEach, expect, test, vi } from 'vitest'
import { picture, resized } from '../../test/pictures.js'
import { ImageBudget } from '../budget.js'
import { startWatch } from '../compose/watch.js'
import { decodeJpeg } from '../formats/jpeg/mozjpeg.js'

afterEach(() => vi.restoreAllMocks())

const limits = { memoryBytes: 256 * 2 ** 20, fuel: 1e9 }
const kindOf = (work: Promise<unknown>) =>
  work.then(
    () => 'drawn',
    (thrown: SandboxError) => thrown.kind,
  )

test('memory that the machine does not have is another matter than memory over the ceiling', async () => {
  const bytes = resized(await picture('photos/valley.jpg'), 6000, 4000)
  expect(await kindOf(decodeJpeg(bytes, { ...limits, memoryBytes: 17 * 2 ** 20 }))).toBe('out-of-memory')
  const { grow } = WebAssembly.Memory.prototype
  vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(function (
    this: WebAssembly.Memory,
    pages,
  ) {
    if (pages > 0) throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory')
    return grow.call(this, pages)
  })
  expect(await kindOf(decodeJpeg(bytes, limits))).toBe('no-memory')
})

test('so is a buffer that cannot be had', () => {
  expect(() => new MemoryBudget(2 ** 53).allocate(2 ** 50)).toThrow(
    expect.objectContaining({ kind: 'no-memory' }),
  )
  expect(() => new MemoryBudget(10).allocate(11)).toThrow(expect.objectContaining({ kind: 'out-of-memory' }))
})

test('and the server is at fault for it, not the image', async () => {
  const budget = new ImageBudget({ timeMs: 1000, headroom: 3, memoryMb: 2 ** 40 })
  const step = startWatch(budget).step('decode-failed', () => budget.allocate(2 ** 50))
  await expect(step).rejects.toMatchObject({ code: 'renderer-unavailable', status: 503 })
})
