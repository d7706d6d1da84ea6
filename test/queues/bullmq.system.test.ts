import { bullOptions } from '@sluice/jobs/bullmq'
import { checkQueue } from '@sluice/jobs/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bullUnderTest } from './bull.js'
import { movesOnce } from './moves-once.js'
import { startRedis } from './redis-server.js'

let redis: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => {
  redis = await startRedis()
}, 60_000)
afterAll(() => redis?.stop())

test('BullMQ on Redis carries uploads', async () => {
  const queue = await bullUnderTest(redis, 'exam')
  expect(await checkQueue(queue)).toEqual([])
  await queue.close()
})

test('BullMQ on Redis carries import, rerender and copy, each exactly once', async () => {
  const queue = await bullUnderTest(redis, 'moves')
  await movesOnce(queue)
  await queue.close()
})

test('one job an upload, five attempts, a growing delay', () => {
  expect(bullOptions({ id: 'x' })).toMatchObject({
    jobId: 'x',
    attempts: 5,
    backoff: { type: 'exponential' },
  })
})
