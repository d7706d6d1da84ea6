import { once } from 'node:events'
import { createServer, type RequestListener, request, type Server } from 'node:http'
import { createServer as createHttp2, connect as http2 } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { keyFor, makeKeyStem } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
// @ts-expect-error The types that are installed are those of version 5, which needs Node's own conditions:
// test/package has it.
import express from 'express4'
import Fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { serveUploads as middleware } from '../src/express.js'
import { serveUploads as fastifyPlugin } from '../src/fastify.js'
import { serveUploads as handler } from '../src/fetch.js'
import { serveUploads as honoMiddleware } from '../src/hono.js'
import { serveUploads as koaMiddleware } from '../src/koa.js'
import { serveRoute } from '../src/next.js'
import { serveUploads as listener, nodeListener } from '../src/node.js'

const store = memoryStore()
const key = keyFor(makeKeyStem(new Date()), 'main', 'webp')
beforeAll(() => store.commit([{ key, bytes: Buffer.from('0123456789'), type: 'image/webp' }]))

interface Sending {
  status(code: number): Sending
  send(text: string): void
}

/** An upload endpoint and a page stand behind, at the same path. */
function withExpress(): RequestListener {
  const app = express()
  app.use('/images', middleware(store))
  app.get('/images', (_: unknown, response: Sending) => response.send('a page'))
  app.post('/images', (_: unknown, response: Sending) => response.status(201).send('an upload'))
  return app
}

function withHono(): RequestListener {
  const app = new Hono()
  app.use('/images/:month/:name', honoMiddleware(store))
  app.get('/images', context => context.text('a page'))
  app.post('/images', context => context.text('an upload', 201))
  return getRequestListener(app.fetch)
}

function withKoa(): RequestListener {
  const app = new Koa()
  app.use(koaMiddleware(store))
  app.use(({ path, method, response }) => {
    if (path !== '/images') return
    response.status = method === 'POST' ? 201 : 200
    response.body = method === 'POST' ? 'an upload' : 'a page'
  })
  return app.callback()
}

async function withFastify(): Promise<RequestListener> {
  const app = Fastify()
  app.register(fastifyPlugin, { prefix: '/images', store })
  app.get('/images', async () => 'a page')
  app.post('/images', async (_, reply) => reply.code(201).send('an upload'))
  await app.ready()
  return (incoming, outgoing) => app.routing(incoming, outgoing)
}

const servers: Record<string, () => RequestListener | Promise<RequestListener>> = {
  Express: withExpress,
  Hono: withHono,
  Koa: withKoa,
  Fastify: withFastify,
  Next: () => nodeListener(serveRoute(() => store)),
  fetch: () => nodeListener(handler(store)),
  'node:http': () => listener(store),
}

let server: Server
afterEach(() => {
  server.close()
})

async function start(listen: RequestListener): Promise<number> {
  server = createServer(listen)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return (server.address() as AddressInfo).port
}

/** `node:http`, because fetch would tidy the path. */
async function send(port: number, method: string, path: string, headers: Record<string, string> = {}) {
  const sent = request({ port, host: '127.0.0.1', method, path, headers, agent: false })
  const [answer] = await once(sent.end(), 'response')
  const text = Buffer.concat(await answer.toArray()).toString()
  return { status: answer.statusCode as number, headers: answer.headers, text }
}

describe.each(Object.entries(servers))('%s', (name, listen) => {
  test('serves an image, a part of it, its head, and nothing to who has it', async () => {
    const port = await start(await listen())
    const whole = await send(port, 'GET', `/images/${key}?w=100`)
    expect([whole.status, whole.text]).toEqual([200, '0123456789'])
    expect(whole.headers).toMatchObject({
      'content-type': 'image/webp',
      'content-length': '10',
      'content-disposition': 'inline',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-site',
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=31536000, immutable',
      etag: `"${key}"`,
    })
    expect(await send(port, 'GET', `/images/${key}`, { range: 'bytes=2-4' })).toMatchObject({
      status: 206,
      text: '234',
      headers: { 'content-range': 'bytes 2-4/10', 'content-length': '3' },
    })
    expect(await send(port, 'HEAD', `/images/${key}`)).toMatchObject({
      status: 200,
      text: '',
      headers: { 'content-length': '10', etag: `"${key}"` },
    })
    const known = await send(port, 'GET', `/images/${key}`, { 'if-none-match': `"${key}"` })
    expect([known.status, known.text, known.headers['content-length']]).toEqual([304, '', undefined])
    expect(await send(port, 'GET', `/images/${key}`, { range: 'bytes=99-' })).toMatchObject({
      status: 416,
      headers: { 'content-range': 'bytes */10' },
    })
  })

  test('has nothing but keys, and says nothing of what it has not', async () => {
    const port = await start(await listen())
    const absent = keyFor(makeKeyStem(new Date()), 'main', 'webp')
    expect(await send(port, 'GET', `/images/${absent}`)).toMatchObject({ status: 404, text: '' })
    for (const path of [
      '/images/..%2f..%2fetc%2fpasswd',
      '/images/../../etc/passwd',
      `/images/${key}%00.php`,
      `/images/${key}/`,
      `/images/${key.replace('/', '%2f')}`,
      `/images/%2e%2e/${key.slice(7)}`,
      `/images/${key.toUpperCase()}`,
    ]) {
      const { status, text } = await send(port, 'GET', path)
      expect([status, text.includes('root:')], path).toEqual([404, false])
    }
    const deleted = await send(port, 'DELETE', `/images/${key}`)
    // Fastify has no route for it.
    if (name === 'Fastify') expect(deleted.status).toBe(404)
    else expect(deleted).toMatchObject({ status: 405, text: '', headers: { allow: 'GET, HEAD' } })
  })

  if (['Express', 'Hono', 'Koa', 'Fastify'].includes(name))
    test('stands in the way of no page and no upload at the same path', async () => {
      const port = await start(await listen())
      expect(await send(port, 'GET', '/images')).toMatchObject({ status: 200, text: 'a page' })
      expect(await send(port, 'POST', '/images')).toMatchObject({ status: 201, text: 'an upload' })
    })
})

test('the store of a Worker comes with the request', async () => {
  const serve = handler((env: { images: typeof store }) => env.images)
  const answer = await serve(new Request(`https://here.example/images/${key}`), { images: store })
  expect([answer.status, await answer.text()]).toEqual([200, '0123456789'])
})

test('over HTTP/2, with and without a body', async () => {
  const serve = listener(store)
  const multiplexed = createHttp2((incoming, response) => serve(incoming as never, response as never))
  await once(multiplexed.listen(0, '127.0.0.1'), 'listening')
  const client = http2(`http://127.0.0.1:${(multiplexed.address() as AddressInfo).port}`)
  try {
    for (const [method, status, length] of [
      ['GET', 200, 10],
      ['HEAD', 200, 0],
    ]) {
      const stream = client.request({ ':method': String(method), ':path': `/images/${key}` })
      const [headers] = await once(stream, 'response')
      const parts = await stream.toArray()
      expect([headers[':status'], headers['content-length'], Buffer.concat(parts).length]).toEqual([
        status,
        '10',
        length,
      ])
    }
  } finally {
    client.destroy()
    multiplexed.close()
  }
})
