import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { endpoint } from '../../test/endpoint.js'
import { pngImage } from '../../test/images.js'
import { nodeListener } from '../node.js'
import type { UploadOptions } from '../options.js'
import { loopbackGuard } from './loopback.js'

const guard = loopbackGuard(['https://photos.test:8443'])
const request = (address: string | undefined, host: string | undefined) => ({
  method: 'POST',
  headers: new Headers(),
  clientCertificate: false,
  address,
  host,
})

test.each([
  ['127.0.0.1', 'localhost'],
  ['127.0.0.1', 'LOCALHOST:3000'],
  ['127.9.9.9', 'app.localhost:80'],
  ['::1', '[::1]:3000'],
  ['::ffff:127.0.0.1', '127.0.0.1:8080'],
  ['127.0.0.1', 'photos.test:8443'],
  ['127.0.0.1', undefined],
  ['192.168.1.7', 'rebound.example'],
  [undefined, 'here.example'],
])('from %s, the host %s is served', (address, host) => {
  expect(() => guard(request(address, host))).not.toThrow()
})

test.each([
  ['127.0.0.1', 'rebound.example:3000'],
  ['127.0.0.1', 'localhost.example'],
  ['127.0.0.1', 'notlocalhost'],
  ['127.0.0.1', '127.0.0.1.nip.example'],
  ['127.0.0.1', 'photos.test'],
  ['::1', '0.0.0.0'],
  ['::ffff:127.0.0.1', ''],
])('from %s, the host %s is refused', (address, host) => {
  expect(() => guard(request(address, host))).toThrowError(
    expect.objectContaining({ code: 'cross-site', detail: expect.stringMatching(/Host.*trustProxy/) }),
  )
})

/** The status of what a page sees as its own server, after its name was pointed to 127.0.0.1. */
async function statusOf(options: Partial<UploadOptions<Request>>): Promise<string | undefined> {
  const server = createServer(nodeListener(endpoint(options).handler))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const png = pngImage()
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const headers = 'Host: rebound.example\r\nOrigin: http://rebound.example\r\nSec-Fetch-Site: same-origin'
  const type = `Content-Type: image/png\r\nContent-Length: ${png.length}\r\nConnection: close`
  socket.write(`POST / HTTP/1.1\r\n${headers}\r\n${type}\r\n\r\n`)
  socket.write(png)
  const answer = await text(socket)
  server.close()
  return /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]
}

test('a rebound name is refused on a server without a proxy, and served behind one', async () => {
  expect(await statusOf({})).toBe('403')
  expect(await statusOf({ trustProxy: 1 })).toBe('201')
  expect(await statusOf({ csrf: false })).toBe('201')
})
