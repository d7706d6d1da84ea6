import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import type { Health } from './health.mjs'

/** What the neighbour tells of a server that has answered so many times, the first of which is not counted. */
async function healthOf(answers: number, server: ReturnType<typeof createServer>): Promise<Health> {
  const enough = new Promise<void>(resolve => {
    let answered = 0
    server.on('request', (_, response) => response.on('close', () => ++answered === answers && resolve()))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const neighbour = new Worker(new URL('health.mjs', import.meta.url), { workerData: { port } })
  expect(await once(neighbour, 'message')).toEqual(['ready'])
  await enough
  neighbour.postMessage('end')
  const [health] = (await once(neighbour, 'message')) as [Health]
  server.close()
  return health
}

test('a connection that the server ends while it is used again is no answer missed', async () => {
  const used = new WeakSet<Socket>()
  const server = createServer((request, response) => {
    if (used.has(request.socket)) return request.socket.resetAndDestroy()
    used.add(request.socket)
    response.end('{}')
  })
  const { asked, failed } = await healthOf(20, server)
  expect([asked >= 10, failed]).toEqual([true, 0])
})

test('one that ends a new connection is', async () => {
  const server = createServer((request, response) => {
    response.on('error', () => {})
    request.socket.resetAndDestroy()
  })
  const { asked, failed } = await healthOf(6, server)
  expect([asked >= 5, failed]).toEqual([true, asked])
})
