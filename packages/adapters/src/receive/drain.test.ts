import { afterEach, expect, test, vi } from 'vitest'
import { readerOf } from '../../test/receiving.js'
import { drain, lingerLimits } from './drain.js'

afterEach(() => vi.useRealTimers())

const limits = { bytes: 1000, ms: 1000, bytesPerSecond: 0, windowMs: 1000 }
const silent = () => new ReadableStream<Uint8Array>().getReader()

test('draining ends with a body that breaks off', async () => {
  const broken = new ReadableStream<Uint8Array>({ pull: source => source.error('gone') })
  expect(await drain(broken.getReader(), limits)).toBe(true)
})

test('bytes and time are limited', async () => {
  expect(await drain(readerOf(new Uint8Array(1000), 10), limits)).toBe(true)
  expect(await drain(readerOf(new Uint8Array(1001), 10), limits)).toBe(false)
  expect(await drain(silent(), { ...limits, ms: 20 })).toBe(false)
})

test('so is the rate: silence ends it, and a byte now and then does', async () => {
  vi.useFakeTimers()
  const dripping = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise(resolve => setTimeout(resolve, 4000))
      controller.enqueue(new Uint8Array(1))
    },
  })
  const [none, few] = [drain(silent(), lingerLimits), drain(dripping.getReader(), lingerLimits)]
  await vi.advanceTimersByTimeAsync(5100)
  expect(await Promise.all([none, few])).toEqual([false, false])
})
