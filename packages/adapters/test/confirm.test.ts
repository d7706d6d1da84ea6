import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { discard, type Store, UploadError, type UploadEvent } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import type express from 'express'
// @ts-expect-error The types that are installed are those of version 5, which needs Node's own conditions.
import express4 from 'express4'
import { type Context, Hono } from 'hono'
import { describe, expect, test, vi } from 'vitest'
import { imageUpload } from '../src/express.js'
import type { PendingForm } from '../src/form.js'
import { imageUpload as honoUpload } from '../src/hono.js'
import { codeOf, endpoint, post } from './endpoint.js'
import { pngImage } from './images.js'
import { field, file, formType, multipartBody } from './multipart-body.js'
import { toyRenderer as renderer } from './toy-renderer.js'
import { gatherUploads } from './upload-events.js'

const png = pngImage()
const policy = { variants: { thumb: { maxWidth: 4 } } }

async function keysOf(store: Store) {
  const keys: string[] = []
  for await (const { key } of store.list()) keys.push(key)
  return keys
}

describe('onStored', () => {
  test('gets everything once it is stored, before the answer', async () => {
    const seen: unknown[] = []
    const { handler, keys } = endpoint({
      authorize: () => ({ role: 'author', user: 'ann' }),
      async onStored({ uploads, fields, identity, request }) {
        seen.push(uploads.length, { ...fields }, identity, request.url, (await keys()).length)
      },
    })
    expect((await handler(post([field('title', 'Sea'), file(png)]))).status).toBe(201)
    expect(seen).toEqual([
      1,
      { title: 'Sea' },
      { role: 'author', user: 'ann' },
      'https://here.example/images',
      1,
    ])
  })

  test.each([
    ['throws', new Error('database of secret-host is down'), 500, 'internal'],
    ['refuses', new UploadError('quota-exceeded', { retryAfter: 60 }), 429, 'quota-exceeded'],
    ['throws no error', undefined, 500, 'internal'],
  ])('that %s takes all files back, and their variants', async (_, thrown, status, code) => {
    const { handler, keys, events } = endpoint({
      policy,
      maxFiles: 2,
      async onStored() {
        throw thrown
      },
    })
    const response = await handler(post([file(png), file(png)]))
    const text = await response.text()
    expect([response.status, JSON.parse(text).code]).toEqual([status, code])
    expect(text).not.toContain('secret')
    expect(await keys()).toEqual([])
    expect(events.map(({ event, code }) => [event, code])).toEqual(Array(2).fill(['upload.refused', code]))
  })

  test('what cannot be taken back is told as orphans, by key', async () => {
    const store = memoryStore()
    const remove = vi.spyOn(store, 'delete').mockRejectedValueOnce(new Error('read-only'))
    const { handler, events } = endpoint({
      store,
      policy,
      onStored() {
        throw new Error('no')
      },
    })
    expect((await handler(post())).status).toBe(500)
    const [left = ''] = await keysOf(store)
    expect(remove).toHaveBeenCalledTimes(2)
    expect(events).toMatchObject([
      { event: 'upload.refused', code: 'internal' },
      {
        event: 'upload.orphaned',
        code: 'store-failed',
        detail: 'Error: read-only',
        output: [{ key: left, bytes: expect.any(Number) }],
      },
    ])
    expect(events[1]?.id).toBe(events[0]?.id)
  })

  test('is not asked where nothing was stored', async () => {
    const onStored = vi.fn()
    const { handler } = endpoint({ onStored })
    expect((await handler(post([file('x')]))).status).toBe(415)
    expect(onStored).not.toHaveBeenCalled()
  })
})

describe('discard', () => {
  test('deletes an upload with all its variants', async () => {
    const store = memoryStore()
    const handler = endpoint({
      store,
      policy,
      onStored: ({ uploads: [upload], discard }) => upload && discard(upload),
    }).handler
    expect((await handler(post())).status).toBe(201)
    expect(await keysOf(store)).toEqual([])
  })
  test('also by what an application has kept of it, and says what is left', async () => {
    const store = memoryStore()
    const record = JSON.parse(await (await endpoint({ store, policy }).handler(post())).text())
    vi.spyOn(store, 'delete').mockRejectedValueOnce(new Error('read-only'))
    await expect(discard(record, store)).rejects.toMatchObject({
      code: 'store-failed',
      detail: `not deleted: ${record.key}`,
    })
    expect(await keysOf(store)).toEqual([record.key])
    await discard(record, store)
    await discard(record, store)
    expect(await keysOf(store)).toEqual([])
  })
})

type Handler = (
  request: express.Request,
  response: express.Response,
  next: (error?: unknown) => void,
) => unknown

/** One Express application, one upload. */
async function upload(handler: Handler, options: object = {}) {
  const store = memoryStore()
  const events: UploadEvent[] = []
  const app: express.Express = express4()
  const given = { store, renderer, policy, public: true, onEvent: gatherUploads(events), ...options } as const
  app.post('/images', imageUpload(given), handler as express.RequestHandler)
  app.use(((
    error: Error & { status?: number },
    _request: unknown,
    response: express.Response,
    _next: unknown,
  ) => {
    response.status(error.status ?? 500).json({ handled: error.message })
  }) as express.ErrorRequestHandler)
  const server = createServer(app)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { store, events, server, port: (server.address() as AddressInfo).port }
}

async function answerOf(
  { server, port }: { server: Server; port: number },
  parts = [field('title', 'Sea'), file(png)],
) {
  const headers = { 'content-type': formType }
  const sent = request({ port, host: '127.0.0.1', path: '/images', method: 'POST', headers, agent: false })
  const [answer] = await once(sent.end(multipartBody(parts)), 'response')
  const body = await new Response(answer).text()
  server.close()
  return { status: answer.statusCode, headers: answer.headers, body }
}

// Version 5 needs Node's own conditions: test/adapters/taken-back.test.ts.
describe('Express 4', () => {
  test('keeps what its handler answers well, which has all of the request', async () => {
    const app = await upload((request, response) => {
      response.json([
        request.upload?.url,
        request.uploads?.length,
        { ...request.body },
        request.uploadForm?.identity,
      ])
    })
    const { status, headers, body } = await answerOf(app)
    expect([status, JSON.parse(body)]).toEqual([
      201,
      [headers.location, 1, { title: 'Sea' }, { role: 'visitor' }],
    ])
    expect(await keysOf(app.store)).toHaveLength(2)
    await vi.waitFor(() => expect(app.events).toMatchObject([{ event: 'upload.accepted' }]))
  })

  test.each([
    [
      'throws',
      500,
      () => {
        throw new Error('database down')
      },
    ],
    [
      'passes an error on',
      503,
      (_: unknown, __: unknown, next: (error: unknown) => void) =>
        next(Object.assign(new Error('busy'), { status: 503 })),
    ],
    [
      'answers 422',
      422,
      (_: unknown, response: express.Response) => response.status(422).json({ title: 'missing' }),
    ],
    [
      'rejects',
      500,
      (_: unknown, __: unknown, next: (error: unknown) => void) =>
        Promise.reject(new Error('no')).catch(next),
    ],
  ] as [string, number, Handler][])(
    'takes back what its handler %s on, and tells no Location',
    async (_, status, handler) => {
      const app = await upload(handler)
      const answer = await answerOf(app)
      expect([answer.status, answer.headers.location]).toEqual([status, undefined])
      await vi.waitFor(async () => expect(await keysOf(app.store)).toEqual([]))
      await vi.waitFor(() =>
        expect(app.events).toMatchObject([
          {
            event: 'upload.refused',
            code: status < 500 ? 'rejected' : 'internal',
            detail: expect.stringContaining(`${status}`),
          },
        ]),
      )
    },
  )

  test('a redirect keeps them too', async () => {
    const app = await upload((_, response) => response.redirect(303, '/gallery'))
    expect((await answerOf(app)).headers.location).toBe('/gallery')
    expect(await keysOf(app.store)).toHaveLength(2)
  })

  test.each([false, true])(
    'a client that goes before the answer takes them with it, unless confirmed: %s',
    async confirmed => {
      let reach = (_form: PendingForm | undefined) => {}
      const reached = new Promise<PendingForm | undefined>(resolve => {
        reach = resolve
      })
      const app = await upload(request => {
        if (confirmed) request.uploadForm?.confirm()
        reach(request.uploadForm)
      })
      const headers = { 'content-type': formType }
      const sent = request({
        port: app.port,
        host: '127.0.0.1',
        path: '/images',
        method: 'POST',
        headers,
        agent: false,
      })
      sent.on('error', () => {})
      sent.end(multipartBody([file(png)]))
      expect((await reached)?.uploads).toHaveLength(1)
      sent.destroy()
      await vi.waitFor(() =>
        expect(app.events).toMatchObject([
          confirmed ? { event: 'upload.accepted' } : { event: 'upload.refused', code: 'aborted' },
        ]),
      )
      expect(await keysOf(app.store)).toHaveLength(confirmed ? 2 : 0)
      app.server.close()
    },
  )

  test('onStored has the last word: what is answered afterwards changes nothing', async () => {
    const onStored = vi.fn()
    const app = await upload((_, response) => response.status(500).end(), { onStored })
    expect((await answerOf(app)).status).toBe(500)
    expect(onStored).toHaveBeenCalledWith(
      expect.objectContaining({ request: expect.objectContaining({ url: '/images' }) }),
    )
    expect(await keysOf(app.store)).toHaveLength(2)
    expect(app.events).toMatchObject([{ event: 'upload.accepted' }])
  })

  test('errors: next hands refusals to the error handlers of the application', async () => {
    const app = await upload(() => expect.fail(), { errors: 'next' })
    const { status, body, headers } = await answerOf(app, [file('hello')])
    expect([status, JSON.parse(body)]).toEqual([
      415,
      { handled: expect.stringMatching(/^This is not an image/) },
    ])
    expect(headers.connection).not.toBe('upgrade')
  })

  test('also while the client still sends, whose connection is then not used again', async () => {
    const app = await upload(() => expect.fail(), { errors: 'next', policy: { maxBytes: 100 } })
    const { status, headers } = await answerOf(app, [file(new Uint8Array(3_000_000))])
    expect([status, headers.connection]).toEqual([413, 'close'])
  })
})

test.each(['body', 'rawBody'])('a body that was read before is taken from request.%s', async place => {
  const store = memoryStore()
  const app: express.Express = express4()
  app.use(express4.raw({ type: '*/*' }))
  app.use((request: express.Request & { rawBody?: unknown }, _: unknown, next: () => void) => {
    if (place === 'rawBody') request.rawBody = request.body
    if (place === 'rawBody') request.body = { parsed: true }
    next()
  })
  const upload = imageUpload({ store, renderer, public: true, onEvent: false })
  app.post('/images', upload, (request: express.Request, response: express.Response) => {
    response.json({ ...request.body })
  })
  const server = createServer(app)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { status, body } = await answerOf({ server, port: (server.address() as AddressInfo).port })
  expect([status, JSON.parse(body)]).toEqual([201, { title: 'Sea' }])
  expect(await keysOf(store)).toHaveLength(1)
})

describe('Hono', () => {
  function app(handler: (context: Context) => Response | Promise<Response>, options: object = {}) {
    const store = memoryStore()
    const events: UploadEvent[] = []
    const hono = new Hono()
    const given = {
      store,
      renderer,
      policy,
      public: true,
      onEvent: gatherUploads(events),
      ...options,
    } as const
    hono.post('/images', honoUpload(given), handler as never)
    hono.onError((error, context) => context.json({ handled: error.message }, 503))
    return { hono, store, events }
  }

  test('keeps what its handler answers well', async () => {
    const { hono, store, events } = app(context => {
      const { uploads, uploadForm } = context.var as unknown as {
        uploads: unknown[]
        uploadForm: PendingForm
      }
      return context.json([uploads.length, uploadForm.fields.title])
    })
    const response = await hono.fetch(post([field('title', 'Sea'), file(png)]))
    expect([response.status, await response.json()]).toEqual([201, [1, 'Sea']])
    expect(response.headers.get('location')).toMatch(/^\/images\//)
    expect(await keysOf(store)).toHaveLength(2)
    expect(events).toMatchObject([{ event: 'upload.accepted' }])
  })

  test.each([
    [
      'throws',
      503,
      () => {
        throw new Error('database down')
      },
    ],
    ['answers 422', 422, (context: Context) => context.json({}, 422)],
  ])('takes back what its handler %s on', async (_, status, handler) => {
    const { hono, store, events } = app(handler as never)
    const response = await hono.fetch(post())
    expect([response.status, response.headers.get('location')]).toEqual([status, null])
    expect(await keysOf(store)).toEqual([])
    expect(events).toMatchObject([{ event: 'upload.refused' }])
  })

  test.each([false, true])(
    'a client that has gone takes them with it, unless confirmed: %s',
    async confirmed => {
      const gone = new AbortController()
      const { hono, store } = app(context => {
        if (confirmed) (context.var as unknown as { uploadForm: PendingForm }).uploadForm.confirm()
        gone.abort()
        return context.text('late')
      })
      await hono.fetch(new Request(post(), { signal: gone.signal }))
      expect(await keysOf(store)).toHaveLength(confirmed ? 2 : 0)
    },
  )

  test('onStored has the last word', async () => {
    const { hono, store } = app(context => context.text('no', 500), { onStored() {} })
    expect((await hono.fetch(post())).status).toBe(500)
    expect(await keysOf(store)).toHaveLength(2)
    const failing = app(context => context.text('never'), { onStored: () => Promise.reject(new Error('no')) })
    const response = await failing.hono.fetch(post())
    expect([response.status, await codeOf(response)]).toEqual([500, 'internal'])
    expect(await keysOf(failing.store)).toEqual([])
  })
})
