import type { IncomingMessage, ServerResponse } from 'node:http'
import { setImmediate as turn } from 'node:timers/promises'
import { UploadError } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { imageUpload } from '../src/express.js'
import { uploadHandler } from '../src/fetch.js'
import type { UploadOptions } from '../src/options.js'
import { post } from './endpoint.js'
import { file } from './multipart-body.js'
import { toyRenderer } from './toy-renderer.js'

type Failing = () => never
const broken = new Error('broken: secret-of-the-operator')

/** Every option that takes a function, and what an upload is answered with where it fails. */
const callbacks: Readonly<Record<string, [number, (fail: Failing) => Partial<UploadOptions<Request>>]>> = {
  authorize: [500, fail => ({ authorize: fail, public: false })],
  onStored: [500, fail => ({ onStored: fail })],
  beforeStore: [500, fail => ({ beforeStore: fail })],
  'store, of the environment': [500, fail => ({ store: fail })],
  'store.commit': [500, fail => ({ store: { ...memoryStore(), commit: fail } })],
  'renderer.render': [500, fail => ({ renderer: { ...toyRenderer, render: fail } })],
  rateLimit: [500, fail => ({ rateLimit: { consume: fail } })],
  'quota.bytes': [500, fail => ({ quota: { bytes: { consume: fail } } })],
  'quota.files': [500, fail => ({ quota: { files: { consume: fail } } })],
  'addressLimits.requests': [500, fail => ({ addressLimits: { requests: { consume: fail } } })],
  'addressLimits.bytes': [500, fail => ({ addressLimits: { bytes: { consume: fail } } })],
  onEvent: [201, fail => ({ onEvent: fail })],
  'a logger': [201, fail => ({ onEvent: { info: fail, warn: fail } })],
}
const failures = {
  throws: () => {
    throw broken
  },
  'throws no error': () => {
    throw undefined
  },
  // A callback may be asynchronous where its type does not say so.
  rejects: () => Promise.reject(broken) as never,
} satisfies Record<string, Failing>

const unhandled: unknown[] = []
const note = (reason: unknown) => void unhandled.push(reason)
beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  process.on('unhandledRejection', note)
})
afterEach(async () => {
  await turn()
  process.off('unhandledRejection', note)
  vi.restoreAllMocks()
  expect(unhandled.splice(0)).toEqual([])
})

describe.each(Object.entries(failures))('a callback that %s', (_, fail) => {
  test.each(Object.entries(callbacks))('%s', async (_, [status, options]) => {
    const open = { store: memoryStore(), renderer: toyRenderer, public: true, onEvent: false } as const
    const handler = uploadHandler({ ...open, ...options(fail) })
    const response = await handler(post())
    expect(response.status).toBe(status)
    expect(await response.text()).not.toContain('secret')
    await turn()
  })

  test('the next handler of Express', async () => {
    const upload = imageUpload<IncomingMessage>({
      store: memoryStore(),
      renderer: toyRenderer,
      public: true,
      onEvent: false,
    })
    const request = { rawHeaders: [], socket: {}, on: () => request, off: () => request, pause() {} }
    const response = { once() {} }
    await new Promise<void>(resolve => {
      const next = () => {
        resolve()
        return fail()
      }
      // Refused by its missing method, with an answer that cannot be sent.
      upload(request as unknown as IncomingMessage, response as unknown as ServerResponse, next)
    })
  })
})

test('messages that throw are said in English', async () => {
  const codes = Object.defineProperty({}, 'format-unknown', { get: failures.throws })
  const handler = uploadHandler({
    store: memoryStore(),
    renderer: toyRenderer,
    public: true,
    messages: { de: { language: 'de', codes } },
  })
  const response = await handler(post([file('x')], { 'accept-language': 'de' }))
  expect(response.status).toBe(415)
  expect(await response.json()).toMatchObject({ title: expect.stringMatching(/^This is not an image/) })
})

test('a refusal of the operator is none of these', async () => {
  const authorize = () => Promise.reject(new UploadError('forbidden'))
  const handler = uploadHandler({ store: memoryStore(), renderer: toyRenderer, authorize, onEvent: false })
  expect((await handler(post())).status).toBe(403)
})
