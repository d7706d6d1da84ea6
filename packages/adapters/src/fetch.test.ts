import { type Renderer, type Store, UploadError } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { describe, expect, test, vi } from 'vitest'
import { codeOf, endpoint, post } from '../test/endpoint.js'
import { pngImage } from '../test/images.js'
import { field, file, formType } from '../test/multipart-body.js'
import { toyRenderer as renderer } from '../test/toy-renderer.js'
import { uploadHandler } from './fetch.js'

const png = pngImage()

test('an upload is stored and answered with 201, Location and its description', async () => {
  const { handler, keys, events } = endpoint({ policy: { variants: { thumb: { maxWidth: 4 } } } })
  const response = await handler(post([field('title', 'x'), file(png, 'my cat.png')]))
  const body = (await response.json()) as Record<string, unknown>
  expect(response.status).toBe(201)
  expect(response.headers.get('location')).toBe(body.url)
  expect(body).toEqual({
    key: expect.stringMatching(/^\d{6}\/[0-9a-f]{32}\.webp$/),
    url: `/images/${body.key}`,
    format: 'webp',
    width: 8,
    height: 8,
    frames: 1,
    bytes: expect.any(Number),
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    field: 'image',
    variants: { thumb: expect.objectContaining({ width: 4, url: expect.stringMatching(/-thumb\.webp$/) }) },
  })
  expect(await keys()).toHaveLength(2)
  expect(events).toHaveLength(1)
  expect(events[0]).toMatchObject({
    event: 'upload.accepted',
    input: { name: 'my_cat.png', format: 'png' },
    ms: { guard: expect.any(Number), receive: expect.any(Number), render: expect.any(Number) },
    context: { address: 'unknown', role: 'visitor' },
  })
})

describe('several files', () => {
  test('are stored together', async () => {
    const { handler, keys, events } = endpoint({ maxFiles: 3 })
    const response = await handler(post([file(png), file(png), file(png)]))
    expect(((await response.json()) as { uploads: unknown[] }).uploads).toHaveLength(3)
    expect(await keys()).toHaveLength(3)
    expect(events.map(({ event }) => event)).toEqual(Array(3).fill('upload.accepted'))
  })

  test('or not at all: one bad file takes the others with it, and their events', async () => {
    const { handler, keys, events } = endpoint({ maxFiles: 3, policy: { variants: { thumb: {} } } })
    expect(await codeOf(await handler(post([file(png), file(png), file('%PDF-1.7')])))).toBe(
      'format-not-allowed',
    )
    expect(await keys()).toEqual([])
    expect(events.map(({ event, code }) => [event, code])).toEqual([['upload.refused', 'format-not-allowed']])
  })
})

describe('who may upload', () => {
  const roles = uploadHandler({
    store: memoryStore(),
    renderer,
    policies: { admin: {}, author: { maxBytes: 500 } },
    authorize: async request => {
      const role = request.headers.get('x-role')
      return role === null ? null : { role, user: 'ann' }
    },
  })
  test.each([
    [undefined, 401, 'unauthenticated'],
    ['', 403, 'forbidden'],
    ['visitor', 403, 'forbidden'],
    ['__proto__', 403, 'forbidden'],
    ['author', 413, 'too-large'],
    ['admin', 201, undefined],
  ])('role %s gets %d', async (role, status, code) => {
    const headers = role === undefined ? {} : { 'x-role': role }
    const response = await roles(post([file(png), field('padding', 'x'.repeat(500))], headers))
    expect([response.status, await codeOf(response)]).toEqual([status, code])
  })

  test('an authorize that fails lets nobody in', async () => {
    const { handler, events } = endpoint({
      authorize: () => {
        throw new Error('session store is down: redis://secret@host')
      },
    })
    const response = await handler(post())
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('secret')
    expect(events[0]).toMatchObject({
      code: 'internal',
      stage: 'guard',
      detail: expect.stringContaining('redis'),
    })
  })

  test('is asked before a byte of the body is read', async () => {
    const pull = vi.fn((source: ReadableStreamDefaultController) => source.close())
    const body = new ReadableStream({ pull }, { highWaterMark: 0 })
    const headers = { 'content-type': formType, 'sec-fetch-site': 'same-origin' }
    const init = { method: 'POST', body, headers, duplex: 'half' } as RequestInit
    const authorize = vi.fn(() => {
      expect(pull).not.toHaveBeenCalled()
      return null
    })
    const response = await endpoint({ authorize }).handler(new Request('https://here.example/', init))
    expect([response.status, authorize.mock.calls.length]).toEqual([401, 1])
  })
})

describe('a renderer with a queue', () => {
  const queued = (reserve: NonNullable<Renderer['reserve']>): Renderer => ({ ...renderer, reserve })

  test('that is full refuses before a byte of the body is read, with the time to come back', async () => {
    const pull = vi.fn((source: ReadableStreamDefaultController) => source.close())
    const body = new ReadableStream({ pull }, { highWaterMark: 0 })
    const headers = { 'content-type': formType, 'sec-fetch-site': 'same-origin' }
    const init = { method: 'POST', body, headers, duplex: 'half' } as RequestInit
    const reserve = vi.fn(() => {
      expect(pull).not.toHaveBeenCalled()
      throw new UploadError('busy', { retryAfter: 7 }, { stage: 'guard' })
    })
    const authorize = () => ({ role: 'author', user: 'ann' })
    const { handler, events } = endpoint({ authorize, renderer: queued(reserve) })
    const response = await handler(new Request('https://here.example/', init))
    expect([response.status, response.headers.get('retry-after'), await codeOf(response)]).toEqual([
      503,
      '7',
      'busy',
    ])
    expect(reserve).toHaveBeenCalledWith('user:ann')
    expect(events).toEqual([expect.objectContaining({ code: 'busy', stage: 'guard' })])
  })

  test('draws all files of a request by one place, which is given back whatever comes', async () => {
    const release = vi.fn()
    const reserve = vi.fn(() => ({ ...renderer, release }))
    const { handler } = endpoint({ renderer: queued(reserve), maxFiles: 2 })
    expect((await handler(post([file(png), file(png)]))).status).toBe(201)
    expect((await handler(post([file('hello')]))).status).toBe(415)
    expect([reserve.mock.calls.length, release.mock.calls.length]).toEqual([2, 2])
  })
})

test('a body that somebody read before is a mistake of ours, said in the log', async () => {
  const { handler, events } = endpoint()
  const request = post()
  await request.text()
  expect((await handler(request)).status).toBe(500)
  expect(events[0]).toMatchObject({
    code: 'internal',
    stage: 'receive',
    detail: expect.stringContaining('read before'),
  })
})

test('GET is 405 with Allow', async () => {
  const response = await endpoint().handler(new Request('https://here.example/images'))
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
})

test('too many at the same time are refused, and a place is free again afterwards', async () => {
  let finish = () => {}
  const waiting = new Promise<void>(resolve => {
    finish = resolve
  })
  const { handler } = endpoint({ maxConcurrent: 1, beforeStore: () => waiting })
  const first = handler(post())
  await new Promise(resolve => setTimeout(resolve, 20))
  expect(await codeOf(await handler(post()))).toBe('too-many-uploads')
  finish()
  expect((await first).status).toBe(201)
  expect((await handler(post())).status).toBe(201)
})

test('a quota that is used up is told of at the first bytes', async () => {
  const charged: unknown[] = []
  const limiter = (name: string) => ({
    consume: async (key: string, points?: number) => {
      charged.push([name, key, points])
      if (name === 'bytes') throw { msBeforeNext: 1500 }
      return {}
    },
  })
  const render = vi.fn(renderer.render)
  const { handler, keys } = endpoint({
    authorize: () => ({ role: 'author', user: 'ann' }),
    quota: { bytes: limiter('bytes'), files: limiter('files') },
    renderer: { ...renderer, render },
  })
  const response = await handler(post())
  expect([response.status, response.headers.get('retry-after'), await codeOf(response)]).toEqual([
    429,
    '2',
    'quota-exceeded',
  ])
  expect(charged).toEqual([['bytes', 'user:ann', expect.any(Number)]])
  expect(render).not.toHaveBeenCalled()
  expect(await keys()).toEqual([])
})

describe('beforeStore', () => {
  test('sees the finished files and can refuse with a reason', async () => {
    const seen: unknown[] = []
    const { handler, keys } = endpoint({
      beforeStore: ({ files, info }) => {
        seen.push(
          files.map(({ name, type, bytes }) => [name, type, bytes.subarray(8, 12)]),
          info,
        )
        return { refuse: 'it shows a virus' }
      },
    })
    const response = await handler(post())
    expect(await response.json()).toMatchObject({
      code: 'rejected',
      title: 'The image was refused: it shows a virus.',
    })
    expect(seen).toEqual([
      [['main', 'image/webp', new TextEncoder().encode('WEBP')]],
      { role: 'visitor', user: undefined, fileName: 'a.png', sourceFormat: 'png' },
    ])
    expect(await keys()).toEqual([])
  })

  test('a scanner that is down lets nothing in', async () => {
    const { handler, keys } = endpoint({ beforeStore: () => Promise.reject(new Error('ECONNREFUSED')) })
    expect((await handler(post())).status).toBe(500)
    expect(await keys()).toEqual([])
  })
})

test('the store may come from the environment of the runtime', async () => {
  const store = memoryStore()
  const handler = uploadHandler<{ BUCKET: Store }>({ store: env => env.BUCKET, renderer, public: true })
  expect((await handler(post(), { BUCKET: store })).status).toBe(201)
})

test('a store that fails is 500, without its words', async () => {
  const failing = {
    ...memoryStore(),
    commit: () => Promise.reject(new UploadError('store-failed', {}, { detail: 'disk 7' })),
  }
  const response = await endpoint({ store: failing }).handler(post())
  expect([response.status, await response.text()]).toEqual([500, expect.not.stringContaining('disk 7')])
})

test('answers come in the language of the client', async () => {
  const { german } = await import('@sluice/core/messages/de')
  const { handler } = endpoint({ messages: { de: german } })
  const response = await handler(post([], { 'accept-language': 'de-CH, en;q=0.2' }))
  expect(response.headers.get('content-language')).toBe('de')
  expect(await response.json()).toMatchObject({ title: 'Es wurde keine Datei geschickt.', code: 'no-file' })
})

test('all files of a request and their variants are one commit of the store', async () => {
  const store = memoryStore()
  const commit = vi.spyOn(store, 'commit')
  const { handler, events } = endpoint({
    store,
    maxFiles: 3,
    policy: { variants: { thumb: { maxWidth: 4 } } },
  })
  expect((await handler(post([file(png), file(png), file(png)]))).status).toBe(201)
  expect(commit.mock.calls.map(([files]) => files.length)).toEqual([6])
  commit.mockRejectedValue(new Error('full'))
  expect(await codeOf(await handler(post([file(png), file(png)])))).toBe('store-failed')
  const told = events.map(({ event, code }) => code ?? event)
  expect(told).toEqual([...Array(3).fill('upload.accepted'), 'store-failed', 'store-failed'])
})
