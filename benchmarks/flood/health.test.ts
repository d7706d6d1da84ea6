import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import type { Window } from './windows.mjs'

/** What the neighbour tells of a server that has answered so many times, the first of which is not counted. */
async function healthOf(
  answers: number,
  server: ReturnType<typeof createServer>,
): Promise<readonly Window[]> {
  const enough = new Promise<void>(resolve => {
    let answered = 0
    server.on('request', (_, response) => response.on('close', () => ++answered === answers && resolve()))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const neighbour = new Worker(new URL('health.mjs', import.meta.url), { workerData: { port, seconds: 20 } })
  expect(await once(neighbour, 'message')).toEqual(['ready'])
  await enough
  neighbour.postMessage('end')
  const [windows] = (await once(neighbour, 'message')) as [Window[]]
  server.close()
  return windows
}

test('a connection that the server ends while it is used again is no answer missed', async () => {
  const used = new WeakSet<Socket>()
  const server = createServer((request, response) => {
    if (used.has(request.socket)) return request.socket.resetAndDestroy()
    used.add(request.socket)
    response.end('{}')
  })
  const [first, second] = await healthOf(20, server)
  expect(first).toMatchObject({ failed: 0 })
  expect(first?.asked).toBeGreaterThanOrEqual(10)
  expect(first?.times).toHaveLength(first?.asked ?? 0)
  expect(second).toEqual({ seconds: 10, lag: 0, asked: 0, failed: 0, times: [] })
})

test('one that ends a new connection is', async () => {
  const server = createServer((request, response) => {
    response.on('error', () => {})
    request.socket.resetAndDestroy()
  })
  const [{ asked, failed, times } = expect.fail('no window')] = await healthOf(6, server)
  expect([asked >= 5, failed, times]).toEqual([true, asked, []])
})
