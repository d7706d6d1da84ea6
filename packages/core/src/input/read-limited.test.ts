import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { UploadError } from '../errors/upload-error.js'
import type { Body } from '../pipeline/stages.js'
import { readLimited } from './read-limited.js'

const five = new Uint8Array([1, 2, 3, 4, 5])

async function* inChunks(bytes: Uint8Array, size: number) {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

function streamOf(bytes: Uint8Array, size: number, cancel?: (reason: unknown) => void) {
  const chunks = inChunks(bytes, size)
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    ...(cancel ? { cancel } : {}),
  })
}

const kinds: Record<string, (bytes: Uint8Array<ArrayBuffer>) => Body> = {
  'a web stream': bytes => streamOf(bytes, 2),
  'an async iterable': bytes => inChunks(bytes, 2),
  'a Blob': bytes => new Blob([bytes]),
  bytes: bytes => bytes,
  'an ArrayBuffer': bytes => bytes.slice().buffer,
  'a view into a larger buffer': bytes => Buffer.concat([Buffer.from('xx'), bytes]).subarray(2),
}

describe.each(Object.entries(kinds))('%s', (_, make) => {
  test('is read up to the limit and refused one byte over it', async () => {
    expect(await readLimited(make(five), 5)).toEqual(five)
    await expect(readLimited(make(five), 4)).rejects.toMatchObject({
      code: 'too-large',
      status: 413,
      stage: 'receive',
      params: { maxBytes: 4 },
    })
  })

  test('that is empty is refused', async () => {
    await expect(readLimited(make(new Uint8Array()), 5)).rejects.toMatchObject({ code: 'empty-file' })
  })

  test('is refused before reading when its declared length is over the limit', async () => {
    await expect(readLimited(make(five), 5, { contentLength: 6 })).rejects.toMatchObject({
      code: 'too-large',
    })
  })

  test('gains nothing by declaring less, or nonsense', async () => {
    for (const contentLength of [1, 0, -1, Number.NaN]) {
      expect(await readLimited(make(five), 5, { contentLength })).toEqual(five)
      await expect(readLimited(make(five), 4, { contentLength })).rejects.toMatchObject({ code: 'too-large' })
    }
  })

  test('is not read with a signal that has been aborted', async () => {
    const signal = AbortSignal.abort()
    await expect(readLimited(make(five), 5, { signal })).rejects.toMatchObject({ code: 'aborted' })
  })
})

test('what is read is tight and belongs to nobody else', async () => {
  const given = new Uint8Array([1, 2, 3])
  const bytes = await readLimited(given, 8)
  given.fill(9)
  expect(bytes).toEqual(new Uint8Array([1, 2, 3]))
  expect(bytes.buffer.byteLength).toBe(3)
})

test('a source is cancelled at the first byte over the limit and not asked again', async () => {
  const cancel = vi.fn()
  const pulled = vi.fn()
  async function* endless() {
    try {
      for (;;) {
        pulled()
        yield new Uint8Array(10)
      }
    } finally {
      cancel()
    }
  }
  await expect(readLimited(endless(), 35)).rejects.toMatchObject({ code: 'too-large' })
  await expect(readLimited(streamOf(new Uint8Array(100), 10, cancel), 35)).rejects.toMatchObject({
    code: 'too-large',
  })
  expect(pulled).toHaveBeenCalledTimes(4)
  expect(cancel).toHaveBeenCalledTimes(2)
})

test('a declared length over the limit cancels the source unread', async () => {
  const cancel = vi.fn()
  const pull = vi.fn()
  const stream = new ReadableStream<Uint8Array>({ pull, cancel }, { highWaterMark: 0 })
  await expect(readLimited(stream, 5, { contentLength: 6 })).rejects.toMatchObject({ code: 'too-large' })
  expect(pull).not.toHaveBeenCalled()
  expect(cancel).toHaveBeenCalledOnce()
})

test('memory grows by what arrives, not by what is declared or allowed', async () => {
  const before = process.memoryUsage().arrayBuffers
  const controller = new AbortController()
  const stream = new ReadableStream<Uint8Array>({ start: source => source.enqueue(five) })
  const reading = readLimited(stream, 2 ** 30, { contentLength: 2 ** 30, signal: controller.signal })
  const refused = expect(reading).rejects.toMatchObject({ code: 'aborted' })
  await new Promise(resolve => setTimeout(resolve, 20))
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20)
  controller.abort()
  await refused
})

test('a hundred thousand single bytes cost a few buffers', async () => {
  const bytes = new Uint8Array(100_000).fill(7)
  expect(await readLimited(inChunks(bytes, 1), bytes.length)).toEqual(bytes)
})

test('an abort frees a reader that waits for ever, and cancels the source', async () => {
  const cancel = vi.fn()
  const controller = new AbortController()
  const reading = readLimited(new ReadableStream({ cancel }), 5, { signal: controller.signal })
  controller.abort('gone')
  await expect(reading).rejects.toMatchObject({ code: 'aborted', cause: 'gone' })
  expect(cancel).toHaveBeenCalledWith('gone')
})

test('a source that breaks off is an aborted upload; its own UploadError stays as it is', async () => {
  async function* broken(thrown: unknown) {
    yield five
    throw thrown
  }
  const reset = new Error('ECONNRESET')
  await expect(readLimited(broken(reset), 50)).rejects.toMatchObject({
    code: 'aborted',
    stage: 'receive',
    cause: reset,
  })
  const inner: UploadError = await readLimited(five, 1).catch(error => error)
  await expect(readLimited(broken(inner), 50)).rejects.toBe(inner)
})

test('a chunk that is no bytes is refused', async () => {
  const text = new ReadableStream<unknown>({ start: source => source.enqueue('text') })
  await expect(readLimited(text as Body, 50)).rejects.toMatchObject({ code: 'malformed-body' })
})

test('any chunks are put together as they are, or refused by their sum', async () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(chunks, fc.integer({ min: 1, max: 1000 }), async (parts, maxBytes) => {
      const whole = Buffer.concat(parts)
      async function* source() {
        yield* parts
      }
      const outcome = await readLimited(source(), maxBytes).catch((error: UploadError) => error.code)
      if (whole.length > maxBytes) expect(outcome).toBe('too-large')
      else if (whole.length === 0) expect(outcome).toBe('empty-file')
      else expect(outcome).toEqual(new Uint8Array(whole))
    }),
  )
})
