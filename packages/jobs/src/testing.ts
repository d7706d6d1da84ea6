import { UploadError } from '@sluice/core'
import type { Job, Work } from './work.js'

/** What the examiner sends: an id and some data. */
export interface ExamJob extends Job {
  readonly data: string
}

/** A queue behind one of the bridges, or one of your own. */
export interface QueueUnderTest {
  /**
   * Starts a worker that hands jobs to `work` through the bridge. At least three attempts, soon after one
   * another.
   */
  start(work: Work<ExamJob>): Promise<{ stop(): Promise<void> }>
  send(job: ExamJob): Promise<void>
  /** Resolves when the queue is through with a job: it is done, or no attempt is left. */
  settled(id: string): Promise<'done' | 'failed'>
}

/**
 * Examines a queue and its bridge with jobs of its own. Needs no test framework.
 * @returns what is wrong, one sentence each; an empty list for a queue that carries uploads
 */
export async function checkQueue(queue: QueueUnderTest): Promise<readonly string[]> {
  const problems: string[] = []
  const expect = (fine: boolean, problem: string) => fine || problems.push(problem)
  /** What each job does with its attempts. */
  const plans = new Map<string, (attempt: number) => unknown>()
  const attempts = new Map<string, ExamJob[]>()
  const finished = new Set<string>()

  const worker = await queue.start(async job => {
    const all = attempts.get(job.id) ?? []
    attempts.set(job.id, [...all, job])
    const result = await plans.get(job.id)?.(all.length + 1)
    finished.add(job.id)
    return { id: job.id, result }
  })
  async function run(plan: (attempt: number) => unknown, times = 1) {
    const job = { id: crypto.randomUUID().replaceAll('-', ''), data: 'a "b" \u00e4' }
    plans.set(job.id, plan)
    for (let time = 0; time < times; time++) await queue.send(job)
    const end = await queue.settled(job.id)
    return { job, end, given: attempts.get(job.id) ?? [], isFinished: finished.has(job.id) }
  }
  const examinations = {
    async handsOverWhatWasSent() {
      const { job, end, given } = await run(() => 'stored')
      expect(end === 'done', `a job that succeeds ends as ${end}`)
      expect(given.length === 1, `a job that succeeds is run ${given.length} times`)
      const [seen] = given
      expect(seen?.id === job.id && seen.data === job.data, 'a job arrives with other data than was sent')
    },
    async takesRefusalsForResults() {
      const { end, given } = await run(() => refuse('corrupt'))
      expect(end === 'done', `a refusal ends as ${end}: it is a result`)
      expect(given.length === 1, `a refusal is tried ${given.length} times`)
    },
    async triesAgainWhatMayPass() {
      for (const code of ['store-failed', 'busy'] as const) {
        const { end, given, isFinished } = await run(attempt => (attempt < 3 ? refuse(code) : 'stored'))
        expect(end === 'done' && isFinished, `${code} that passes with the third attempt ends as ${end}`)
        expect(
          given.length === 3,
          `${code} that passes with the third attempt is tried ${given.length} times`,
        )
      }
    },
    async triesAgainWhatNobodyForesaw() {
      const { end, given } = await run(attempt => (attempt === 1 ? fault() : 'stored'))
      expect(
        end === 'done' && given.length === 2,
        `a TypeError that passes ends as ${end} after ${given.length} attempts`,
      )
    },
    async givesUpAtLast() {
      const { end, given } = await run(() => refuse('store-failed'))
      expect(end === 'failed', `what never passes ends as ${end}`)
      expect(given.length > 1, `what never passes is tried ${given.length} times`)
    },
    async bearsDuplicates() {
      const { end, isFinished } = await run(() => 'stored', 3)
      expect(end === 'done' && isFinished, `a job that is sent three times ends as ${end}`)
    },
    async losesNothing() {
      const ends = await Promise.all(Array.from({ length: 20 }, () => run(() => 'stored')))
      expect(
        ends.every(({ end, isFinished }) => end === 'done' && isFinished),
        'of twenty jobs at once some are not done',
      )
    },
  }
  try {
    for (const [name, examine] of Object.entries(examinations))
      await examine().catch(thrown => problems.push(`${name}: ${thrown}`))
  } finally {
    await worker.stop()
  }
  return problems
}

function refuse(code: 'corrupt' | 'store-failed' | 'busy'): never {
  throw new UploadError(code, { retryAfter: 1 })
}

function fault(): never {
  throw new TypeError('a fault of the checker')
}
