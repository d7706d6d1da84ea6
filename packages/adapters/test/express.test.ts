import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { UploadEvent } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
// @ts-expect-error The types that are installed are those of version 5, which needs Node's own conditions.
import express from 'express4'
import { expect, test } from 'vitest'
import { imageUpload } from '../src/express.js'
import { pngImage } from './images.js'
import { toyRenderer as renderer } from './toy-renderer.js'
import { gatherUploads } from './upload-events.js'

test.each([
  ['on', 1, undefined, 201, '1.2.3.4'],
  ['off', false, undefined, 403, '127.0.0.1'],
  ['on, and ours says nobody', 1, 0, 403, '127.0.0.1'],
])("Express's trust proxy is %s", async (_, trust, trustProxy, status, address) => {
  const events: UploadEvent[] = []
  const app = express().set('trust proxy', trust)
  const options = { store: memoryStore(), renderer, public: true, onEvent: gatherUploads(events) }
  const upload = imageUpload(trustProxy === undefined ? options : { ...options, trustProxy })
  app.post('/images', upload, (_: unknown, response: { end(): void }) => response.end())
  const server = createServer(app)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const headers = {
    host: 'photos.example',
    origin: 'https://photos.example',
    'x-forwarded-for': '9.9.9.9, 1.2.3.4',
    'content-type': 'image/png',
  }
  const sent = request({ port, host: '127.0.0.1', path: '/images', method: 'POST', headers, agent: false })
  const [answer] = await once(sent.end(pngImage()), 'response')
  answer.resume()
  expect(answer.statusCode).toBe(status)
  expect(events).toMatchObject([{ context: { address } }])
  server.close()
})
