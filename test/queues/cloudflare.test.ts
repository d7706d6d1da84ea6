import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { UploadError } from '@sluice/core'
import { type Batch, consume } from '@sluice/jobs/cloudflare'
import { checkQueue, type ExamJob, type QueueUnderTest } from '@sluice/jobs/testing'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { movesOnce } from './moves-once.js'

interface Simulator {
  dispatchFetch(url: string, init: { method: string; body: string }): Promise<Response>
  dispose(): Promise<void>
}
type Handler = (request: Request) => Promise<Response>
// Cloudflare's own simulator of Queues.
const {
  Miniflare,
  Response: Answer,
}: { Miniflare: new (options: object) => Simulator; Response: typeof Response } = createRequire(
  import.meta.url,
)('miniflare')

let simulator: Simulator
let work: Parameters<QueueUnderTest['start']>[0] | undefined
const delays: number[] = []
/** How many of a job's messages are on their way, and how the last one ended. */
const open = new Map<string, number>()
const ends = new Map<string, 'done' | 'failed'>()
const waiting = new Map<string, () => void>()

const answers: Readonly<Record<string, (content: never) => Promise<Response> | Response>> = {
  async work(job: ExamJob) {
    try {
      await work?.(job, {})
      return new Answer('')
    } catch (thrown) {
      if (thrown instanceof UploadError) return new Answer(JSON.stringify(thrown.toRecord()), { status: 422 })
      return new Answer(String(thrown), { status: 500 })
    }
  },
  done: ({ id }: { id: string }) => end(id, 'done'),
  dead: ({ id }: { id: string }) => end(id, 'failed'),
  delay(seconds: number) {
    delays.push(seconds)
    return new Answer('')
  },
}

function end(id: string, how: 'done' | 'failed') {
  open.set(id, (open.get(id) ?? 1) - 1)
  ends.set(id, how)
  if (open.get(id) === 0) waiting.get(id)?.()
  return new Answer('')
}

const answer: Handler = async request => {
  const name = new URL(request.url).pathname.slice(1)
  return (await answers[name]?.((await request.json()) as never)) ?? new Answer('', { status: 404 })
}

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('cloudflare-worker.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    conditions: ['@sluice/source'],
    write: false,
  })
  const consumer = { maxBatchSize: 2, maxBatchTimeout: 0, maxRetries: 3 }
  simulator = new Miniflare({
    modules: true,
    script: outputFiles[0]?.text,
    queueProducers: { QUEUE: 'uploads' },
    queueConsumers: { uploads: { ...consumer, deadLetterQueue: 'dead' }, dead: consumer },
    serviceBindings: { TEST: answer },
    cf: false,
  })
}, 60_000)
afterAll(() => simulator?.dispose())

const underTest: QueueUnderTest = {
  async start(given) {
    work = given
    return { stop: async () => {} }
  },
  async send(job) {
    open.set(job.id, (open.get(job.id) ?? 0) + 1)
    await simulator.dispatchFetch('http://worker/', { method: 'POST', body: JSON.stringify(job) })
  },
  async settled(id) {
    if (open.get(id) !== 0) await new Promise<void>(resolve => waiting.set(id, resolve))
    return ends.get(id) ?? 'failed'
  },
}

test('Cloudflare Queues carry import, rerender and copy, each exactly once', () => movesOnce(underTest))

test('Cloudflare Queues carry uploads', async () => {
  expect(await checkQueue(underTest)).toEqual([])
  expect(delays).toContain(2)
  expect(delays).toContain(8)
})

test('each message is acknowledged or comes again by itself, whatever the others do', async () => {
  const log: string[] = []
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const id = (letter: string) => letter.repeat(32)
  const message = (body: unknown, attempts = 1): Batch['messages'][number] => ({
    body,
    attempts,
    ack: () => log.push('ack'),
    retry: ({ delaySeconds }) => log.push(`retry ${delaySeconds}`),
  })
  const messages = [
    message({ action: 'PutObject', object: { key: id('a') } }),
    message({ id: id('b') }, 3),
    message({ id: id('c') }, 30),
    message({ id: id('d') }),
    message('nothing of ours'),
  ]
  const seen: string[] = []
  await consume({ messages }, async job => {
    seen.push(job.id[0] ?? '')
    if (job.id === id('b')) throw new UploadError('store-failed')
    if (job.id === id('c')) throw new TypeError('x')
    if (job.id === id('d')) throw new UploadError('corrupt')
  })
  expect(seen).toEqual(['a', 'b', 'c', 'd'])
  expect(log).toEqual(['ack', 'retry 8', 'retry 600', 'ack', 'ack'])
})
