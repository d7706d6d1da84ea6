import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, test } from 'vitest'
import { bodyOf } from './body-of.mjs'

const head = 'POST / HTTP/1.1\r\nhost: test\r\ncontent-length: 5\r\n\r\n'

test.each([
  ['what was sent whole', 'whole', (body?: Buffer) => expect(String(body)).toBe('whole')],
  ['nothing of what was cut off', 'cut', (body?: Buffer) => expect(body).toBeUndefined()],
])('%s', async (_, sent, check) => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  client.write(head + sent)
  const [request] = (await once(server, 'request')) as [IncomingMessage]
  const body = bodyOf(request)
  client.end()
  check(await body)
  client.destroy()
  server.close()
})
