import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStore } from '@sluice/stores'
import { Redis } from 'ioredis'
import { RateLimiterRedis } from 'rate-limiter-flexible'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uploadHandler } from '../src/fetch.js'
import { pngImage } from './images.js'
import { file, formType, multipartBody } from './multipart-body.js'
import { toyRenderer } from './toy-renderer.js'

// Of Debian's package redis-server.
const program = '/usr/bin/redis-server'
const folder = mkdtempSync(join(tmpdir(), 'sluice-redis-'))
let server: ChildProcess
let port: number

beforeAll(async () => {
  expect(existsSync(program), `${program} is missing`).toBe(true)
  port = await freePort()
  server = spawn(program, ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', folder], {
    stdio: 'ignore',
  })
})
afterAll(() => {
  server?.kill()
  rmSync(folder, { recursive: true, force: true })
})

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

const body = multipartBody([file(pngImage())])
const post = () =>
  new Request('https://here.example/images', {
    method: 'POST',
    body,
    headers: { 'content-type': formType, 'sec-fetch-site': 'same-origin' },
  })

/** As one of several servers that share a Redis: a connection of its own. */
function endpoint(points: number, bytes: number) {
  const redis = new Redis({ host: '127.0.0.1', port, maxRetriesPerRequest: 20 })
  const limiter = (keyPrefix: string, amount: number) =>
    new RateLimiterRedis({ storeClient: redis, keyPrefix, points: amount, duration: 60 })
  const handler = uploadHandler({
    store: memoryStore(),
    renderer: toyRenderer,
    authorize: () => ({ role: 'author', user: 'ada' }),
    rateLimit: limiter('rate', points),
    quota: { bytes: limiter('quota', bytes) },
  })
  return { redis, handler }
}

test('two servers count on one Redis; without it an upload is refused, not let through', async () => {
  const [one, two] = [endpoint(3, 1e9), endpoint(3, 1e9)]
  const statuses: number[] = []
  for (const { handler } of [one, two, one]) statuses.push((await handler(post())).status)
  expect(statuses).toEqual([201, 201, 201])
  const refused = await two.handler(post())
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await refused.json()).toMatchObject({ code: 'rate-limited' })

  await one.redis.flushall()
  const small = endpoint(100, body.length * 2)
  const codes: (string | number)[] = []
  for (let turn = 0; turn < 3; turn++) {
    const response = await small.handler(post())
    codes.push(response.status === 201 ? 201 : ((await response.json()) as { code: string }).code)
  }
  expect(codes).toEqual([201, 201, 'quota-exceeded'])

  one.redis.disconnect()
  const gone = await one.handler(post())
  expect(gone.status).toBe(500)
  expect(await gone.json()).toMatchObject({ code: 'internal' })
  two.redis.disconnect()
  small.redis.disconnect()
})
