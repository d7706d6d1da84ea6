import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { UploadEvent } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import type { RequestHandler } from 'express'
// @ts-expect-error The types that are installed are those of version 5, which needs Node's own conditions.
import express from 'express4'
import Koa, { type Middleware } from 'koa'
import { afterEach, expect, test } from 'vitest'
import { imageUpload as expressUpload } from '../src/express.js'
import { uploadHandler } from '../src/fetch.js'
import { imageUpload as koaUpload } from '../src/koa.js'
import { nodeListener } from '../src/node.js'
import { pngImage } from './images.js'
import { file, formType, multipartBody } from './multipart-body.js'
import { toyRenderer as renderer } from './toy-renderer.js'
import { gatherUploads } from './upload-events.js'

const png = pngImage()
let server: ReturnType<typeof createServer>
let events: UploadEvent[] = []
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const options = () => {
  events = []
  return { store: memoryStore(), renderer, public: true, onEvent: gatherUploads(events) }
}

async function post(listener: RequestListener, headers = {}, body = multipartBody([file(png)])) {
  server = createServer(listener)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    body,
    headers: { 'content-type': formType, ...headers },
    signal: AbortSignal.timeout(10_000),
  })
}

const withExpress = (...before: RequestHandler[]) =>
  express().post('/', ...before, expressUpload(options()), answer)

const answer: RequestHandler = (request, response) => {
  response.json(request.upload)
}

/** As Cloud Functions and body parsers do it: all of it, before anybody else. */
async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const leftAsRawBody: RequestHandler = async (request, _response, next) => {
  Object.assign(request, { rawBody: await readAll(request), body: {} })
  next()
}
const takenAway: RequestHandler = async (request, _response, next) => {
  await readAll(request)
  next()
}

test.each([
  ['express.raw()', express.raw({ type: () => true })],
  ['Cloud Functions, as request.rawBody', leftAsRawBody],
])('bytes that were left by %s are taken', async (_, before) => {
  expect((await post(withExpress(before))).status).toBe(201)
  expect((await post(withExpress(before), { 'content-type': 'image/png' }, png)).status).toBe(201)
})

test('what was left is held to the limits too', async () => {
  const upload = expressUpload({ ...options(), policy: { maxBytes: 1000 } })
  const response = await post(
    express().use(express.raw({ type: () => true }), upload),
    {},
    new Uint8Array(2000),
  )
  expect(response.status).toBe(413)
})

const koaTakes: Middleware = async (context, next) => {
  await readAll(context.req)
  await next()
}

test.each([
  ['Express', () => withExpress(takenAway)],
  ['Koa', () => new Koa().use(koaTakes).use(koaUpload(options())).callback()],
  [
    'node:http',
    (): RequestListener => {
      const listener = nodeListener(uploadHandler(options()))
      return async (request, response) => {
        await readAll(request)
        await listener(request, response)
      }
    },
  ],
])('%s: a body that was taken away is a mistake of the server, said with its cure', async (_, listener) => {
  const response = await post(listener())
  expect([response.status, await response.text()]).toEqual([500, expect.not.stringContaining('rawBody')])
  expect(events).toMatchObject([
    { code: 'internal', stage: 'receive', detail: expect.stringMatching(/read before .* request\.rawBody/) },
  ])
})

test('a body of which somebody has read a part is none, and nobody waits for its rest', async () => {
  const readsPart: RequestHandler = (request, _response, next) => {
    request.once('data', () => {
      request.pause()
      next()
    })
  }
  expect((await post(withExpress(readsPart), {}, new Uint8Array(1e6))).status).toBe(500)
  expect(events).toMatchObject([{ code: 'internal', detail: expect.stringContaining('read before') }])
})

test('express.json() before the endpoint takes JSON, and leaves images alone', async () => {
  expect((await post(withExpress(express.json()))).status).toBe(201)
  const json = { 'content-type': 'application/json' }
  expect((await post(withExpress(express.json()), json, Buffer.from('{}'))).status).toBe(415)
})
