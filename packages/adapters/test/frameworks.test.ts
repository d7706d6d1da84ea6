import { once } from 'node:events'
import { createServer, type RequestListener, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { UploadEvent } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import Fastify, { type FastifyInstance } from 'fastify'
import Koa from 'koa'
import { afterEach, expect, test } from 'vitest'
import { imageUpload } from '../src/fastify.js'
import { imageUpload as koaUpload } from '../src/koa.js'
import { uploadRoute } from '../src/next.js'
import { pngImage } from './images.js'
import { toyRenderer as renderer } from './toy-renderer.js'
import { gatherUploads } from './upload-events.js'

const png = pngImage()
const open = () => ({ store: memoryStore(), renderer, public: true, onEvent: false as const })

let app: FastifyInstance
afterEach(() => app?.close())

async function post(path: string, type: string, body: BodyInit) {
  const { port } = app.server.address() as AddressInfo
  return fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers: { 'content-type': type }, body })
}

test('Fastify: other routes read their bodies as before, and hooks of the application hold here too', async () => {
  app = Fastify({ forceCloseConnections: true })
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('access-control-allow-origin', 'https://app.example')
  })
  app.register(imageUpload, { ...open(), prefix: '/images' })
  app.post('/echo', async request => request.body)
  await app.listen({ port: 0, host: '127.0.0.1' })

  const echoed = await post('/echo', 'application/json', '{"a":1}')
  expect(await echoed.json()).toEqual({ a: 1 })
  expect((await post('/echo', 'image/png', png)).status).toBe(415)

  const stored = await post('/images', 'image/png', png)
  expect([stored.status, await stored.json()]).toMatchObject([
    201,
    { url: expect.stringMatching(/^\/images\//) },
  ])
  const refused = await post('/images', 'image/png', '%PDF-1.7')
  expect([refused.status, await refused.json()]).toMatchObject([415, { code: 'format-not-allowed' }])
  for (const { headers } of [stored, refused])
    expect(headers.get('access-control-allow-origin')).toBe('https://app.example')
})

test('Fastify: the handler of the application answers, and wrong options are told when it gets ready', async () => {
  app = Fastify({ forceCloseConnections: true })
  app.register(imageUpload, {
    ...open(),
    prefix: '/images',
    handler: (request, reply) => reply.code(202).send({ key: request.upload?.key }),
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const answer = await post('/images', 'image/png', png)
  expect([answer.status, await answer.json()]).toMatchObject([202, { key: expect.any(String) }])
  expect(answer.headers.get('location')).toMatch(/^\/images\//)

  const wrong = Fastify().register(imageUpload, { store: './uploads', prefix: '/images' })
  await expect(wrong.ready()).rejects.toThrow('authorize')
})

test('Next: options are read with the first request, and wrong ones fail it', async () => {
  let read = 0
  const POST = uploadRoute(() => {
    read++
    return open()
  })
  expect(read).toBe(0)
  const request = () =>
    new Request('https://here.example/', {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: png,
    })
  for (const _ of [1, 2]) expect((await POST(request())).status).toBe(201)
  expect(read).toBe(1)
  await expect(uploadRoute(() => ({ store: './uploads' }))(request())).rejects.toThrow('authorize')
})

type Mount = (onEvent: ReturnType<typeof gatherUploads>) => RequestListener | Promise<RequestListener>

const fastify = (trustProxy?: string) => async (onEvent: Parameters<Mount>[0]) => {
  app = Fastify({ ...(trustProxy && { trustProxy }) })
  app.register(imageUpload, { ...open(), onEvent, prefix: '/images' })
  await app.ready()
  return app.routing as unknown as RequestListener
}
const koa = (options: { proxy?: boolean; maxIpsCount?: number }) => (onEvent: Parameters<Mount>[0]) =>
  new Koa(options).use(koaUpload({ ...open(), onEvent })).callback()

test.each<[string, Mount, string]>([
  ['Fastify, one proxy', fastify('127.0.0.1'), '1.2.3.4'],
  ['Fastify, nobody', fastify(), '127.0.0.1'],
  ['Koa, one proxy', koa({ proxy: true, maxIpsCount: 1 }), '1.2.3.4'],
  // Its first address is what the client says.
  ['Koa, without a count', koa({ proxy: true }), '127.0.0.1'],
  ['Koa, nobody', koa({}), '127.0.0.1'],
])('whom the framework trusts tells the address: %s', async (_, mount, address) => {
  const events: UploadEvent[] = []
  const server = createServer(await mount(gatherUploads(events)))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const headers = { 'x-forwarded-for': '9.9.9.9, 1.2.3.4', 'content-type': 'image/png' }
  const options = { port, host: '127.0.0.1', path: '/images', method: 'POST', headers, agent: false }
  const [answer] = await once(request(options).end(png), 'response')
  answer.resume()
  expect([answer.statusCode, events]).toMatchObject([201, [{ context: { address } }]])
  server.close()
})

type Answers = Readonly<
  Record<'fastify' | 'koa', (status: number) => Promise<RequestListener> | RequestListener>
>

const answering = (options: ReturnType<typeof open>): Answers => ({
  async fastify(status) {
    app = Fastify()
    app.register(imageUpload, {
      ...options,
      prefix: '/images',
      handler: (_request, reply) => reply.code(status).send('own'),
    })
    await app.ready()
    return app.routing as unknown as RequestListener
  },
  koa: status =>
    new Koa()
      .use(koaUpload(options))
      .use(context => {
        context.status = status
        context.body = 'own'
      })
      .callback(),
})

test.each([
  ['fastify', 200, 1],
  ['fastify', 409, 0],
  ['koa', 200, 1],
  ['koa', 500, 0],
] as const)('%s: where the application answers %d, %d files are kept', async (name, status, kept) => {
  const store = memoryStore()
  const events: UploadEvent[] = []
  let tell = () => {}
  const told = new Promise<void>(resolve => {
    tell = resolve
  })
  const onEvent = (event: Parameters<ReturnType<typeof gatherUploads>>[0]) => {
    gatherUploads(events)(event)
    if (events.length > 0) tell()
  }
  const server = createServer(await answering({ ...open(), store, onEvent } as never)[name](status))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const headers = { 'content-type': 'image/png' }
  const response = await fetch(`http://127.0.0.1:${port}/images`, { method: 'POST', headers, body: png })
  expect([response.status, await response.text(), response.headers.has('location')]).toEqual([
    status,
    'own',
    kept > 0,
  ])
  await told
  expect(events).toMatchObject([{ event: kept > 0 ? 'upload.accepted' : 'upload.refused' }])
  const keys = []
  for await (const { key } of store.list()) keys.push(key)
  expect(keys).toHaveLength(kept)
  server.close()
})
