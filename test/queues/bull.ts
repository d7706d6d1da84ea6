import { bullOptions, bullProcessor } from '@sluice/jobs/bullmq'
import type { ExamJob, QueueUnderTest } from '@sluice/jobs/testing'
import { Queue, QueueEvents, Worker } from 'bullmq'
import type { startRedis } from './redis-server.js'

/** A queue of BullMQ to be examined. */
export async function bullUnderTest(
  { connection }: Pick<Awaited<ReturnType<typeof startRedis>>, 'connection'>,
  name: string,
): Promise<QueueUnderTest & { close(): Promise<void> }> {
  const queue = new Queue<ExamJob>(name, { connection })
  const events = new QueueEvents(name, { connection })
  await events.waitUntilReady()
  return {
    async start(work) {
      const worker = new Worker<ExamJob>(name, bullProcessor(work), { connection, concurrency: 4 })
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
    async close() {
      await events.close()
      await queue.close()
    },
  }
}
