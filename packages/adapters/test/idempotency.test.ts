import { keyring } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { afterEach, expect, test, vi } from 'vitest'
import { keyMemory } from '../src/idempotency/key-memory.js'
import { codeOf, endpoint, post } from './endpoint.js'
import { pngImage } from './images.js'
import { field, file } from './multipart-body.js'
import { toyRenderer } from './toy-renderer.js'

afterEach(() => {
  vi.useRealTimers()
})

const named = (key: string, parts = [file(pngImage())]) => post(parts, { 'idempotency-key': key })
const authorize = (request: Request) => ({
  role: request.headers.get('x-role') ?? 'author',
  user: request.headers.get('x-user') ?? 'ann',
})

test('a request that is sent again has the same answer, and files once', async () => {
  const { handler, keys, events } = endpoint({ idempotency: true })
  const answers = await Promise.all([named('"a"'), named('a'), named('"a"')].map(request => handler(request)))
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
  const bodies = await Promise.all(answers.map(answer => answer.text()))
  expect(new Set(bodies).size).toBe(1)
  expect(await keys()).toHaveLength(1)
  expect(events).toHaveLength(3)
  await handler(named('"b"'))
  expect(await keys()).toHaveLength(2)
  for (const _ of [1, 2]) await handler(post())
  expect(await keys()).toHaveLength(4)
})

test('another body under the same key is refused: image, field or number of files', async () => {
  const { handler, keys } = endpoint({ idempotency: true, maxFiles: 2 })
  await handler(named('a'))
  for (const parts of [
    [file(pngImage(9, 9))],
    [file(pngImage()), field('caption', 'x')],
    [file(pngImage()), file(pngImage())],
  ]) {
    const answer = await handler(named('a', parts))
    expect(answer.status).toBe(422)
    expect(await codeOf(answer)).toBe('idempotency-key-reused')
  }
  expect(await keys()).toHaveLength(1)
})

test('a key is that of its user and role', async () => {
  const { handler, keys } = endpoint({ idempotency: true, authorize })
  for (const who of [{}, { 'x-user': 'bob' }, { 'x-role': 'admin' }])
    await handler(post([file(pngImage())], { 'idempotency-key': 'a', ...who }))
  expect(await keys()).toHaveLength(3)
})

test.each(['', '"', '""', 'a b', 'a, b', '"a"b', 'ä', `"${'x'.repeat(256)}"`])('%j is no key', async key => {
  const { handler, keys } = endpoint({ idempotency: true })
  const answer = await handler(named(key))
  expect([answer.status, await codeOf(answer)]).toEqual([400, 'idempotency-key-invalid'])
  expect(await keys()).toEqual([])
})

test.each(['x'.repeat(255), '"with space"', 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'])(
  '%s is one',
  async key => {
    const { handler } = endpoint({ idempotency: true })
    expect((await handler(named(key))).status).toBe(201)
  },
)

test('two processes with one memory and one keyring are one endpoint; a month later it is the same files', async () => {
  vi.useFakeTimers({ now: new Date('2026-11-30T23:59:59Z'), toFake: ['Date'] })
  const store = memoryStore()
  const ring = keyring({ current: 'a', secrets: { a: 'a'.repeat(32) } })
  const shared = { idempotency: { keyring: ring, memory: keyMemory() }, store }
  const first = await (await endpoint(shared).handler(named('a'))).json()
  vi.setSystemTime(new Date('2026-12-01T00:00:01Z'))
  expect(await (await endpoint(shared).handler(named('a'))).json()).toEqual(first)
  expect(first).toMatchObject({ key: expect.stringMatching(/^202611\//) })
})

test('a key is forgotten after its lifetime, and the oldest where there are too many', async () => {
  vi.useFakeTimers({ now: 0, toFake: ['Date'] })
  const memory = keyMemory(2)
  expect(await memory.remember('a', '1', 60_000)).toBe('1')
  vi.setSystemTime(59_999)
  expect(await memory.remember('a', '2', 60_000)).toBe('1')
  vi.setSystemTime(60_000)
  expect(await memory.remember('a', '2', 60_000)).toBe('2')
  await memory.remember('b', '1', 60_000)
  expect(await memory.remember('a', '3', 60_000)).toBe('2')
  await memory.remember('c', '1', 60_000)
  expect(await memory.remember('a', '4', 60_000)).toBe('4')
})

test('what the application refuses stays for the attempt that it did not refuse', async () => {
  let failures = 1
  const { handler, keys } = endpoint({
    idempotency: true,
    onStored() {
      if (failures-- > 0) throw new Error('the database is away')
    },
  })
  expect((await handler(named('a'))).status).toBe(500)
  expect((await handler(named('a'))).status).toBe(201)
  expect(await keys()).toHaveLength(1)
})

test('without the option the header is nothing', async () => {
  const { handler, keys } = endpoint()
  for (const _ of [1, 2]) expect((await handler(named('a'))).status).toBe(201)
  expect(await keys()).toHaveLength(2)
})

test.each([
  [
    { renderer: { ...toyRenderer, codecVersion: undefined }, idempotency: true },
    /idempotency needs a renderer/,
  ],
  [{ idempotency: { memory: keyMemory() } }, /idempotency.keyring is missing/],
  [{ idempotency: { lifetimeMs: 59_999 } }, /idempotency.lifetimeMs must be/],
  [{ idempotency: { lifetimeMs: 2_592_000_001 } }, /idempotency.lifetimeMs must be/],
  [{ idempotency: { memory: {} as never } }, /idempotency.memory must be/],
  [{ idempotency: { keyring: {} as never } }, /idempotency.keyring must be/],
  [{ idempotency: { lifetime: 1 } as never }, /did you mean idempotency.lifetimeMs/],
  [{ idempotency: 'yes' as never }, /must be true or an object/],
])('options that cannot be right are named: %#', (options, message) => {
  expect(() => endpoint(options)).toThrow(message)
})

test('limits of a lifetime are taken', () => {
  for (const lifetimeMs of [60_000, 2_592_000_000])
    expect(() => endpoint({ idempotency: { lifetimeMs } })).not.toThrow()
})
