/*
 * The server that chaos comes upon, on the built packages: Express, files in a folder or a bucket, limits and
 * idempotency keys in a Redis. server.mjs <JSON: port, folder | s3, redis, keys>. Prints READY and its process id.
 * Lines on stdin: `worker` ends the thread of each worker, whatever it is at, `clock <ms>` sets the clock by so much.
 */
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { Worker } from 'node:worker_threads'
import { imageUpload } from '@sluice/adapters/express'
import { defaultRenderer, workers } from '@sluice/codecs'
import { keyring } from '@sluice/core'
import { s3Store } from '@sluice/stores/s3'
import express from 'express'
import { Redis } from 'ioredis'
import { RateLimiterRedis } from 'rate-limiter-flexible'

const { port, folder, s3, redis, keys } = JSON.parse(process.argv[2])

const RealDate = Date
let offset = 0
globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length > 0 ? given : [RealDate.now() + offset]))
  }
  static now() {
    return RealDate.now() + offset
  }
}

/** @type {Set<Worker>} */
const threads = new Set()
function startWorker() {
  const thread = new Worker(new URL('render.mjs', import.meta.url), { env: {}, execArgv: [] })
  threads.add(thread)
  thread.once('exit', () => threads.delete(thread))
  return thread
}

const client = new Redis({
  host: '127.0.0.1',
  port: redis,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  commandTimeout: 500,
  retryStrategy: () => 50,
})
client.on('error', () => {})
const idempotency = {
  keyring: keyring({ current: 'chaos', secrets: { chaos: 'a secret of thirty-two bytes or more' } }),
  memory: {
    remember: async (key, value, lifetimeMs) =>
      (await client.set(key, value, 'PX', lifetimeMs, 'NX', 'GET')) ?? value,
  },
}

const { codecVersion, reads, writes } = defaultRenderer()
const app = express()
app.post(
  '/images',
  imageUpload({
    store: folder ?? s3Store({ ...s3, requestMs: 500, commitMs: 3000 }),
    public: true,
    addressLimits: false,
    rateLimit: new RateLimiterRedis({ storeClient: client, points: 100_000, duration: 60 }),
    policy: { variants: { thumb: { maxWidth: 64, maxHeight: 64 } } },
    renderer: workers(startWorker, { size: 2, maxQueue: 50, codecVersion, reads, writes, onEnd() {} }),
    ...(keys ? { idempotency } : {}),
    onEvent: false,
  }),
  (request, response) => void response.json(request.upload),
)
// Its Redis is there when it starts: what happens to that is a fault of its own.
await once(client, 'ready')
app.listen(port, '127.0.0.1', () => console.log(`READY ${process.pid}`))

createInterface({ input: process.stdin }).on('line', line => {
  const [what, by] = line.split(' ')
  if (what === 'clock') offset += Number(by)
  else for (const thread of threads) void thread.terminate()
})
