import { bossHandler, bossOptions } from '@sluice/jobs/pg-boss'
import type { ExamJob, QueueUnderTest } from '@sluice/jobs/testing'
import type { PgBoss } from 'pg-boss'

/** A queue of pg-boss to be examined. */
export async function bossUnderTest(boss: PgBoss, name: string): Promise<QueueUnderTest> {
  await boss.createQueue(name, { retryLimit: 3, retryDelay: 0 })
  return {
    async start(work) {
      const options = { pollingIntervalSeconds: 0.5, localConcurrency: 4 }
      await boss.work<ExamJob>(name, options, bossHandler(work))
      return { stop: () => boss.offWork(name) }
    },
    async send(job) {
      await boss.send(name, job, bossOptions(job))
    },
    async settled(id) {
      const { id: uuid = '' } = bossOptions({ id })
      for (;;) {
        const state = (await boss.getJobById(name, uuid))?.state
        if (state === 'completed') return 'done'
        if (state === 'failed' || state === 'cancelled' || state === undefined) return 'failed'
        await new Promise(resolve => setTimeout(resolve, 50))
      }
    },
  }
}
