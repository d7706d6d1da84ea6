import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { memoryStore } from '@sluice/stores'
import type express from 'express'
// @ts-expect-error The types that are installed are those of version 5, which needs Node's own conditions.
import express4 from 'express4'
import { Hono } from 'hono'
import multer from 'multer'
import { describe, expect, test, vi } from 'vitest'
import { type EndpointEvent, imageUpload, type LogEvent, type ObservedEvent } from '../src/express.js'
import { uploadHandler } from '../src/fetch.js'
import { imageUpload as honoUpload } from '../src/hono.js'
import { post } from './endpoint.js'
import { pngImage } from './images.js'
import { field, file, formType, multipartBody, type Part } from './multipart-body.js'
import { toyRenderer as renderer } from './toy-renderer.js'

const png = pngImage()
const noise = new Uint8Array(3_000_000).map((_, index) => (index * 7919) % 251)
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

function observing(options: object = {}) {
  const events: (ObservedEvent | EndpointEvent)[] = []
  const store = memoryStore()
  const commit = vi.spyOn(store, 'commit')
  const onEvent = (event: LogEvent) =>
    void (event.event === 'endpoint.started' || events.push(event as ObservedEvent))
  return {
    events,
    commit,
    options: { store, renderer, public: true, csrf: false, onEvent, ...options } as const,
  }
}

/** An application with multer as it was, and the observer before it. */
async function beside(parts: readonly Part[], options: object = {}, late = false) {
  const watched = observing(options)
  const app: express.Express = express4()
  const wait: express.RequestHandler = (_request, _response, next) =>
    void turn()
      .then(() => turn())
      .then(() => next())
  const first = late
    ? [wait, imageUpload({ ...watched.options, observe: true })]
    : [imageUpload({ ...watched.options, observe: true }), wait]
  app.post('/images', ...first, multer().any(), (request, response) => {
    const files = request.files as Express.Multer.File[]
    response.json({ files: files.map(({ buffer }) => sha(buffer)), body: request.body })
  })
  const server = createServer(app)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const headers = { 'content-type': formType }
  const sent = request({ port, host: '127.0.0.1', path: '/images', method: 'POST', headers, agent: false })
  const [answer] = await once(sent.end(multipartBody(parts)), 'response')
  const body = JSON.parse(await new Response(answer).text())
  server.close()
  await vi.waitFor(() => expect(watched.events.length).toBeGreaterThan(0))
  return { ...watched, status: answer.statusCode, body }
}

describe('Express, beside multer', () => {
  test.each([false, true])(
    'the body reaches multer whole, wherever the observer stands (late: %s)',
    async late => {
      const { status, body, events, commit } = await beside(
        [field('title', 'Sea'), file(png), file(noise)],
        { maxFiles: 2 },
        late,
      )
      expect([status, body]).toEqual([200, { files: [sha(png), sha(noise)], body: { title: 'Sea' } }])
      expect(events).toMatchObject([
        { event: 'upload.observed', would: 'refuse', code: 'format-unknown', status: 415 },
      ])
      expect(commit).not.toHaveBeenCalled()
    },
  )

  test('a good one is told with what it brings and takes, and not stored', async () => {
    const onStored = vi.fn()
    const { status, events, commit } = await beside([file(png)], { onStored })
    expect(status).toBe(200)
    expect(events).toEqual([
      expect.objectContaining({
        event: 'upload.observed',
        would: 'accept',
        bodyBytes: multipartBody([file(png)]).length,
        processorMs: expect.any(Number),
        input: expect.objectContaining({ name: 'a.png', format: 'png' }),
        output: [expect.objectContaining({ bytes: expect.any(Number) })],
      }),
    ])
    expect([commit.mock.calls, onStored.mock.calls]).toEqual([[], []])
  })

  test.each([
    ['too-large', { policy: { maxBytes: 1000 } }],
    ['unauthenticated', { public: undefined, authorize: () => null }],
    [
      'internal',
      {
        public: undefined,
        authorize: () => {
          throw new Error('down')
        },
      },
    ],
    ['rate-limited', { rateLimit: { consume: () => Promise.reject({ msBeforeNext: 1 }) } }],
    ['wrong-field', { field: 'photo' }],
  ])('nothing is refused: %s', async (code, options) => {
    const { status, body, events } = await beside([file(noise)], options)
    expect([status, body.files]).toEqual([200, [sha(noise)]])
    expect(events).toMatchObject([{ would: 'refuse', code }])
  })

  test.each([
    ['express.raw() leaves it', express4.raw({ type: '*/*', limit: '10mb' }), 'format-unknown', ''],
    ['nobody leaves it', express4.urlencoded({ type: '*/*', limit: '10mb' }), 'internal', 'read before'],
  ])('a body that was read before is observed where %s', async (_, parser, code, detail) => {
    const { events, options } = observing()
    const app: express.Express = express4()
    app.use(parser)
    app.post('/images', imageUpload({ ...options, observe: true }), (_, response) =>
      response.send('as before'),
    )
    const server = createServer(app)
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    const init = { method: 'POST', body: 'hello', headers: { 'content-type': 'image/png' } }
    const answer = await fetch(`http://127.0.0.1:${port}/images`, init)
    expect(await answer.text()).toBe('as before')
    await vi.waitFor(() => expect(events).toMatchObject([{ would: 'refuse', code }]))
    expect(JSON.stringify(events[0])).toContain(detail)
    server.close()
  })
})

describe('fetch', () => {
  test('the handler that is there answers, with the whole body', async () => {
    const { events, commit, options } = observing()
    const waiting: Promise<unknown>[] = []
    const there = async (request: Request, env: unknown, context: unknown) => {
      const form = await request.formData()
      return Response.json([await (form.get('image') as File).text(), env, context !== undefined])
    }
    const handler = uploadHandler({ ...options, observe: there })
    const response = await handler(post([file('hello')]), 'env', {
      waitUntil: (work: Promise<unknown>) => waiting.push(work),
    })
    expect([response.status, await response.json()]).toEqual([200, ['hello', 'env', true]])
    await Promise.all(waiting)
    expect(events).toMatchObject([
      { would: 'refuse', code: 'format-unknown', bodyBytes: multipartBody([file('hello')]).length },
    ])
    await handler(post())
    await vi.waitFor(() => expect(events).toMatchObject([{}, { would: 'accept' }]))
    expect(commit).not.toHaveBeenCalled()
  })
  test('is given that handler', () => {
    const { options } = observing()
    expect(() => uploadHandler({ ...options, observe: true as never })).toThrow(
      'observe must be the handler that keeps answering',
    )
  })
})

test('Hono: the next handler answers, with the whole body', async () => {
  const { events, commit, options } = observing()
  const app = new Hono()
  app.post('/images', honoUpload({ ...options, observe: true }), async context => {
    const form = await context.req.parseBody()
    return context.text(sha(new Uint8Array(await (form.image as File).arrayBuffer())))
  })
  const response = await app.fetch(post([file(noise)]))
  expect([response.status, await response.text()]).toEqual([200, sha(noise)])
  await vi.waitFor(() => expect(events).toMatchObject([{ would: 'refuse', code: 'format-unknown' }]))
  expect(commit).not.toHaveBeenCalled()
})
