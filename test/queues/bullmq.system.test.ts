import { bullOptions, bullProcessor } from '@sluice/jobs/bullmq'
import { checkQueue, type ExamJob, type QueueUnderTest } from '@sluice/jobs/testing'
import { Queue, QueueEvents, Worker } from 'bullmq'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startRedis } from './redis-server.js'

let redis: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => {
  redis = await startRedis()
}, 60_000)
afterAll(() => redis?.stop())

test('BullMQ on Redis carries uploads', async () => {
  const { connection } = redis
  const queue = new Queue<ExamJob>('exam', { connection })
  const events = new QueueEvents('exam', { connection })
  const under: QueueUnderTest = {
    async start(work) {
      const worker = new Worker<ExamJob>('exam', bullProcessor(work), { connection, concurrency: 4 })
      return { stop: () => worker.close() }
    },
    async send(job) {
      const soon = { attempts: 4, backoff: { type: 'fixed', delay: 10 } }
      await queue.add('upload', job, { ...bullOptions(job), ...soon })
    },
    async settled(id) {
      const job = await queue.getJob(id)
      return (
        (await job?.waitUntilFinished(events).then(
          () => 'done' as const,
          () => 'failed' as const,
        )) ?? 'failed'
      )
    },
  }
  await events.waitUntilReady()
  expect(await checkQueue(under)).toEqual([])
  await events.close()
  await queue.close()
})

test('one job an upload, five attempts, a growing delay', () => {
  expect(bullOptions({ id: 'x' })).toMatchObject({
    jobId: 'x',
    attempts: 5,
    backoff: { type: 'exponential' },
  })
})
