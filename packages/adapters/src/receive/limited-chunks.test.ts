import { afterEach, expect, test, vi } from 'vitest'
import { anyone, codeOf, limits, readerOf } from '../../test/receiving.js'
import { receive } from './receive.js'

afterEach(() => vi.useRealTimers())

test('a declared length over the limit is refused unread, a lying one is no help', async () => {
  const pull = vi.fn()
  const reader = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 }).getReader()
  const declared = (length: string) => new Headers({ 'content-type': 'image/png', 'content-length': length })
  expect(await codeOf(receive(declared('2001'), reader, limits, anyone))).toBe('too-large')
  expect(pull).not.toHaveBeenCalled()
  expect(await codeOf(receive(declared('5'), readerOf(new Uint8Array(2001), 100), limits, anyone))).toBe(
    'too-large',
  )
})

test('no more is asked of a body than up to the first byte over', async () => {
  let pulled = 0
  const reader = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(500))
      },
    },
    { highWaterMark: 0 },
  ).getReader()
  expect(await codeOf(receive(new Headers({ 'content-type': 'image/png' }), reader, limits, anyone))).toBe(
    'too-large',
  )
  expect(pulled).toBe(5)
})

test('a silent client is refused after idleMs, a slow one after totalMs', async () => {
  vi.useFakeTimers()
  const raw = new Headers({ 'content-type': 'image/png' })
  const silent = codeOf(receive(raw, new ReadableStream<Uint8Array>().getReader(), limits, anyone))
  await vi.advanceTimersByTimeAsync(999)
  await vi.advanceTimersByTimeAsync(2)
  expect(await silent).toBe('upload-too-slow')

  const start = performance.now()
  const drip = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise(resolve => setTimeout(resolve, 900))
      controller.enqueue(new Uint8Array(1))
    },
  })
  const slow = codeOf(receive(raw, drip.getReader(), limits, anyone))
  await vi.advanceTimersByTimeAsync(6000)
  expect(await slow).toBe('upload-too-slow')
  expect(performance.now() - start).toBeGreaterThanOrEqual(5000)
})

test('a client that breaks off has aborted', async () => {
  const broken = new ReadableStream<Uint8Array>({ pull: source => source.error(new Error('ECONNRESET')) })
  expect(
    await codeOf(receive(new Headers({ 'content-type': 'image/png' }), broken.getReader(), limits, anyone)),
  ).toBe('aborted')
})
