import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { memoryStore } from '@sluice/stores'
import express from 'express'
import Fastify from 'fastify'
import Koa from 'koa'
import { expect, test } from 'vitest'
import { imageUpload } from '../../src/express.js'
import { imageUpload as fastifyUpload } from '../../src/fastify.js'
import { uploadHandler } from '../../src/fetch.js'
import { imageUpload as koaUpload } from '../../src/koa.js'
import { nodeListener } from '../../src/node.js'
import { formType } from '../multipart-body.js'
import { toyRenderer as renderer } from '../toy-renderer.js'

const options = () => ({ store: memoryStore(), renderer, public: true, onEvent: false }) as const

/** An application whose error handlers write the refusal. */
function withErrorHandler(refuse: (error: { status: number }, response: express.Response) => void) {
  const app = express()
  app.post('/', imageUpload({ ...options(), errors: 'next' }))
  app.use((error: { status: number }, _: unknown, response: express.Response, _next: unknown) =>
    refuse(error, response),
  )
  return app
}

const mounted: Readonly<Record<string, () => RequestListener | Promise<RequestListener>>> = {
  'the middleware': () => express().post('/', imageUpload(options())),
  'the fetch handler on node:http': () => nodeListener(uploadHandler(options())),
  Koa: () => new Koa().use(koaUpload(options())).callback(),
  async Fastify() {
    const app = Fastify()
    await app.register(fastifyUpload, options())
    await app.ready()
    return (request, response) => app.routing(request, response)
  },
  'an error handler with res.json': () =>
    withErrorHandler(({ status }, response) => response.status(status).json({ handled: true })),
  'an error handler with res.end alone': () =>
    withErrorHandler(({ status }, response) => response.status(status).end('handled')),
  'an error handler that writes in parts': () =>
    withErrorHandler(({ status }, response) => {
      response.writeHead(status).write('hand')
      response.end('led', 'latin1', () => {})
    }),
  'an error handler that answers with nothing': () =>
    withErrorHandler(({ status }, response) => response.status(status).end()),
}

/*
 * A connection that is closed with bytes unread is reset (RFC 9112, 9.6): whoever has the answer and still sends
 * must be let finish, or the reset takes an answer away that has not been read yet.
 */
test.each(Object.entries(mounted))('%s: whoever is refused may send the rest', async (_, mount) => {
  const server = createServer(await mount())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const size = 4 * 2 ** 20
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  let got = ''
  const answered = new Promise<void>(resolve => {
    socket.on('data', chunk => {
      got += chunk
      if (/\r\n\r\n/.test(got)) resolve()
    })
  })
  const errors: Error[] = []
  socket.on('error', error => errors.push(error))
  const closed = new Promise<boolean>(resolve => socket.once('close', resolve))
  const [arrived] = await Promise.all([
    once(server, 'request').then(([request]) => request),
    socket.write(
      `POST / HTTP/1.1\r\nHost: x\r\nOrigin: http://evil.example\r\nContent-Type: ${formType}\r\n` +
        `Content-Length: ${size}\r\n\r\n`,
    ),
    answered,
  ])
  expect(got).toMatch(/^HTTP\/1\.1 403 /)
  expect(got.toLowerCase()).toContain('\r\nconnection: close\r\n')
  expect(arrived.complete).toBe(false)
  for (let sent = 0; sent < size; sent += 2 ** 16) {
    if (socket.destroyed) break
    if (!socket.write(Buffer.alloc(2 ** 16))) await Promise.race([once(socket, 'drain'), closed])
  }
  await closed
  expect(errors).toEqual([])
  expect(arrived.complete).toBe(true)
  server.close()
})
