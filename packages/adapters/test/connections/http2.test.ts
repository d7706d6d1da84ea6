import { once } from 'node:events'
import { type ClientHttp2Session, connect, createServer, type Http2Server } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { beforeEach, expect, test } from 'vitest'
import { nodeListener } from '../../src/node.js'
import { endpoint } from '../endpoint.js'
import { pngImage } from '../images.js'
import { file, formType, multipartBody } from '../multipart-body.js'

let server: Http2Server
let client: ClientHttp2Session

beforeEach(async () => {
  const { handler } = endpoint({ maxConcurrent: 100 })
  const listener = nodeListener(handler)
  server = createServer((request, response) => void listener(request as never, response as never))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  client = connect(`http://localhost:${(server.address() as AddressInfo).port}`)
  return () => {
    client.destroy()
    server.close()
  }
})
/** Resolved when the stream is closed, whether or not the client has ended it. */
async function post(headers: Record<string, string>, body: Uint8Array, end: boolean) {
  const stream = client.request({ ':method': 'POST', ':path': '/', 'content-type': formType, ...headers })
  const closed = once(stream, 'close')
  const answered = once(stream, 'response')
  stream.resume().write(body)
  if (end) stream.end()
  const [{ ':status': status }] = await answered
  await closed
  return { status, code: stream.rstCode }
}

test('refused streams are closed with NO_ERROR, though their bodies go on', async () => {
  const refused = await Promise.all(
    Array.from({ length: 100 }, () => post({ 'sec-fetch-site': 'cross-site' }, new Uint8Array(100), false)),
  )
  expect(refused).toEqual(Array(100).fill({ status: 403, code: 0 }))
  // The connection goes on.
  const image = multipartBody([file(pngImage())])
  expect(await post({ 'sec-fetch-site': 'same-origin' }, image, true)).toEqual({ status: 201, code: 0 })
})

test(':authority is the host', async () => {
  const image = multipartBody([file(pngImage())])
  const { port } = server.address() as AddressInfo
  expect(await post({ origin: `http://localhost:${port}` }, image, true)).toMatchObject({ status: 201 })
  expect(await post({ origin: 'http://evil.example' }, image, true)).toMatchObject({ status: 403 })
})
