import { createServer } from 'node:http'
import { issueCsrfToken } from '@sluice/adapters/csrf'
import { imageUpload as expressUpload, type Uploaded } from '@sluice/adapters/express'
import { imageUpload as fastifyUpload } from '@sluice/adapters/fastify'
import { uploadHandler } from '@sluice/adapters/fetch'
import { imageUpload as honoUpload } from '@sluice/adapters/hono'
import { imageUpload as koaUpload } from '@sluice/adapters/koa'
import { imageUpload as nestUpload, UploadedImage } from '@sluice/adapters/nest'
import { uploadRoute } from '@sluice/adapters/next'
import { nodeListener } from '@sluice/adapters/node'
import type { Store } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import express from 'express'
import Fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { expect, expectTypeOf, test } from 'vitest'

// What is tried here is that it compiles, without a cast, as it stands in the documentation.
const store = memoryStore()

test('Express: req.upload is typed, and authorize gets the request of Express', () => {
  const authorize = (request: express.Request) => (request.get('x-user') ? { role: 'author' } : null)
  const app = express()
  app.post('/images', expressUpload({ store, authorize }), (req, res) => {
    expectTypeOf(req.upload).toEqualTypeOf<Uploaded | undefined>()
    res.json(req.upload)
  })
  app.post('/open', expressUpload({ store, public: true }), (req, res) => res.json(req.uploadForm?.uploads))
  // @ts-expect-error the types hold for all routes of the application, and most are not behind an upload
  app.get('/elsewhere', (req, res) => res.redirect(req.upload.url))
  app.post(
    '/inline',
    expressUpload<express.Request>({ store, authorize: request => ({ role: request.ip ?? '' }) }),
  )
  expect(app).toBeDefined()
})

test('Hono: c.get knows the upload, and the store knows the bindings', () => {
  interface Bindings {
    readonly BUCKET: Store
  }
  const app = new Hono<{ Bindings: Bindings }>()
  app.post('/images', honoUpload<{ Bindings: Bindings }>({ store: env => env.BUCKET, public: true }), c => {
    expectTypeOf(c.get('upload')).toEqualTypeOf<Uploaded>()
    return c.json(c.get('upload'))
  })
  app.post('/who', honoUpload({ store, authorize: c => ({ role: c.req.header('x-role') ?? '' }) }))
  expect(app.routes).toHaveLength(3)
})

test('Fastify: the plugin takes its options and those of Fastify, and the handler knows the upload', async () => {
  const app = Fastify()
  app.register(fastifyUpload, {
    prefix: '/images',
    store,
    authorize: request => (request.headers['x-user'] ? { role: 'author' } : null),
    handler(request, reply) {
      expectTypeOf(request.upload).toEqualTypeOf<Uploaded | undefined>()
      return reply.send(request.uploadForm?.uploads)
    },
  })
  await app.ready()
  expect(app.hasRoute({ method: 'POST', url: '/images' })).toBe(true)
  // @ts-expect-error a misspelt option
  const wrong = Fastify().register(fastifyUpload, { store, public: true, maxfiles: 1 })
  await expect(wrong.ready()).rejects.toThrow('maxfiles')
})

test('Koa: ctx.state knows the upload', () => {
  const app = new Koa()
  const authorize = (context: Koa.Context) => (context.get('x-user') ? { role: 'author' } : null)
  app.use(koaUpload({ store, authorize })).use(context => {
    context.body = context.state.upload.url
  })
  expect(app.middleware).toHaveLength(2)
})

test('Nest and Next', () => {
  const upload = nestUpload({
    store,
    authorize: (request: express.Request) => (request.get('x-user') ? { role: 'author' } : null),
  })
  expectTypeOf(upload.intercept).toBeFunction()
  expectTypeOf(UploadedImage()).toEqualTypeOf<ParameterDecorator>()
  expectTypeOf(uploadRoute(() => ({ store, public: true }))).returns.resolves.toEqualTypeOf<Response>()
})

test('fetch handlers: of Workers, of Next.js, of node:http', () => {
  const worker = { fetch: uploadHandler<{ BUCKET: Store }>({ store: env => env.BUCKET, public: true }) }
  expectTypeOf(worker.fetch).toBeCallableWith(new Request('https://x.example'), { BUCKET: store })
  const POST = uploadHandler({ store, authorize: request => ({ role: request.headers.get('x-role') ?? '' }) })
  expectTypeOf(POST).toBeCallableWith(new Request('https://x.example'))
  expect(createServer(nodeListener(POST)).listening).toBe(false)
})

test('options that make no sense do not compile', () => {
  // @ts-expect-error a store is needed
  expect(() => uploadHandler({ public: true })).toThrow('store')
  // @ts-expect-error a misspelt option
  expect(() => uploadHandler({ store, public: true, maxfiles: 3 })).toThrow('maxfiles')
  // @ts-expect-error a misspelt setting
  expect(() => uploadHandler({ store, public: true, policy: { maxByte: 1 } })).toThrow('maxByte')
})

test('a token for a form is a promise of text', () => {
  expectTypeOf(issueCsrfToken).returns.resolves.toBeString()
})
