import { expect, test } from 'vitest'
import type { Job, Report } from './generator.mjs'
import { comeInStretches, type Stretch } from './stretches.mjs'

const job: Job = { port: 1, files: [], seconds: 5, patienceMs: 1000, perSecond: 2 }

/** A crowd of two in each stretch, so late as is told. */
function crowdOf(lags: readonly number[]) {
  const came: number[] = []
  const come = async ({ since = 0 }: Job): Promise<Report> => {
    const lag = lags[came.length] ?? 0
    came.push(since)
    const key = `${since}.webp`
    const outcome = { file: 0, client: 'whole' as const, ms: 100, at: 10 }
    return {
      outcomes: [
        { ...outcome, status: 201, told: [{ key, sha256: 'aa' }] },
        { ...outcome, status: 503, told: [] },
      ],
      lag,
      health: { asked: 10, failed: 1, p50: lag, p99: lag, worst: lag, lag },
      cpuMs: 3,
    }
  }
  return { came, come }
}

function restingServer() {
  let rests = 0
  return { settled: async () => {}, resident: async () => ({ linearMiB: 1, otherMiB: ++rests }) }
}

test('who comes in the next stretch is somebody else, and comes later', async () => {
  const { came, come } = crowdOf([2, 3, 1])
  const all = await comeInStretches(restingServer(), job, { stretches: 3, come })
  expect(came).toEqual([0, 2, 4])
  expect(all.outcomes.map(({ at }) => at)).toEqual([10, 10, 5010, 5010, 10_010, 10_010])
  expect(all).toMatchObject({ isVoid: false, lag: 3, accepted: 3, cpuMs: 9 })
  expect(all.health).toEqual({ asked: 30, failed: 3, p50: 3, p99: 3, worst: 3, lag: 3 })
  expect(all.rests.map(({ otherMiB }) => otherMiB)).toEqual([1, 2, 3])
})

test('a stretch in which the crowd was late is run again: what it was told counts, its times do not', async () => {
  const { come } = crowdOf([2, 10.1, 10])
  const all = await comeInStretches(restingServer(), job, { stretches: 2, come })
  expect(all).toMatchObject({ isVoid: false, lag: 10, accepted: 3 })
  expect(all.outcomes.flatMap(({ told }) => told.map(({ key }) => key))).toEqual(['0.webp', '4.webp'])
  expect(all.told.map(({ key }) => key)).toEqual(['0.webp', '2.webp', '4.webp'])
  expect(all.rests).toHaveLength(3)
})

test('each stretch is told when it is over, unless there is but one', async () => {
  const told: Stretch[] = []
  const onStretch = (stretch: Stretch): void => void told.push(stretch)
  const { come } = crowdOf([2, 11, 3])
  await comeInStretches(restingServer(), job, { stretches: 2, onStretch, come })
  expect(told).toEqual([
    { nth: 1, counts: 1, of: 2, lag: 2, otherMiB: 1 },
    { nth: 2, counts: 1, of: 2, lag: 11, otherMiB: 2 },
    { nth: 3, counts: 2, of: 2, lag: 3, otherMiB: 3 },
  ])
  await comeInStretches(restingServer(), job, { onStretch, come })
  expect(told).toHaveLength(3)
})

test('a crowd that is late time and again makes the run void; one stretch alone is not run again', async () => {
  const late = crowdOf([11, 2, 12, 13])
  expect(await comeInStretches(restingServer(), job, { stretches: 2, come: late.come })).toMatchObject({
    isVoid: true,
    lag: 13,
  })
  expect(late.came).toHaveLength(4)
  const once = crowdOf([11])
  expect(await comeInStretches(restingServer(), job, { stretches: 1, come: once.come })).toMatchObject({
    isVoid: true,
    lag: 11,
  })
  expect(once.came).toHaveLength(1)
})

test('who comes when answered is never too late', async () => {
  const { come } = crowdOf([50])
  const closed = { port: 1, files: [], seconds: 5, patienceMs: 1000, clients: 2 }
  expect(await comeInStretches(restingServer(), closed, { come })).toMatchObject({ isVoid: false })
})
