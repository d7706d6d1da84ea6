import { expect, test } from 'vitest'
import type { Job, Report } from './generator.mjs'
import { comeInStretches, type Stretch } from './stretches.mjs'

const job: Job = { port: 1, files: [], seconds: 20, patienceMs: 1000, perSecond: 2 }

/** A crowd of one in each window of each stretch, so late as is told. */
function crowdOf(lags: readonly (readonly [number, number])[]) {
  const came: number[] = []
  const come = async ({ since = 0 }: Job): Promise<Report> => {
    const late = lags[came.length] ?? [0, 0]
    came.push(since)
    const outcomes = late.map((_, window) => {
      const told = [{ key: `${since + window}.webp`, sha256: 'aa' }]
      return { file: 0, client: 'whole' as const, status: 201, ms: 100, at: window * 10_000 + 7, told }
    })
    const windows = late.map(lag => ({ seconds: 10, lag, asked: 3, failed: 1, times: [lag, 5] }))
    return { outcomes, windows, cpuMs: 3 }
  }
  return { came, come }
}

function restingServer() {
  let rests = 0
  return { settled: async () => {}, resident: async () => ({ linearMiB: 1, otherMiB: ++rests }) }
}

const keys = (outcomes: Report['outcomes']) => outcomes.flatMap(({ told }) => told.map(({ key }) => key))

test('who comes in the next stretch is somebody else, and comes later', async () => {
  const { came, come } = crowdOf([
    [2, 3],
    [4, 1],
    [1, 2],
  ])
  const all = await comeInStretches(restingServer(), job, { stretches: 3, come })
  expect(came).toEqual([0, 2, 4])
  expect(all.outcomes.map(({ at }) => at)).toEqual([7, 10_007, 20_007, 30_007, 40_007, 50_007])
  expect(all).toMatchObject({ isVoid: false, seconds: 60, lag: 4, cpuMs: 9 })
  expect(all.health).toEqual({ asked: 18, failed: 6, p50: 4.5, p99: 5, worst: 5, lag: 4 })
  expect(all.rests.map(({ otherMiB }) => otherMiB)).toEqual([1, 2, 3])
})

test('seconds in which the crowd was late are made up for: what it was told counts, its times do not', async () => {
  const { come } = crowdOf([
    [2, 10.1],
    [11, 12],
    [10, 1],
    [1, 1],
  ])
  const all = await comeInStretches(restingServer(), job, { stretches: 2, come })
  expect(all).toMatchObject({ isVoid: false, seconds: 50, lag: 10 })
  expect(keys(all.outcomes)).toEqual(['0.webp', '4.webp', '5.webp', '6.webp', '7.webp'])
  expect(keys(all.everybody)).toHaveLength(8)
  expect(all.outcomes.map(({ at }) => at)).toEqual([7, 10_007, 20_007, 30_007, 40_007])
  expect(all.health.asked).toBe(15)
  expect(all.rests).toHaveLength(4)
})

test('each stretch is told when it is over, unless there is but one', async () => {
  const told: Stretch[] = []
  const onStretch = (stretch: Stretch): void => void told.push(stretch)
  const { come } = crowdOf([
    [2, 3],
    [11, 4],
    [3, 3],
  ])
  await comeInStretches(restingServer(), job, { stretches: 2, onStretch, come })
  expect(told).toEqual([
    { nth: 1, lag: 3, seconds: 20, of: 40, otherMiB: 1 },
    { nth: 2, lag: 11, seconds: 30, of: 40, otherMiB: 2 },
    { nth: 3, lag: 3, seconds: 50, of: 40, otherMiB: 3 },
  ])
  await comeInStretches(restingServer(), job, { onStretch, come })
  expect(told).toHaveLength(3)
})

test('a crowd that is late time and again makes the run void, and then all of it is told', async () => {
  const late = crowdOf([
    [11, 1],
    [2, 12],
    [13, 14],
    [15, 1],
  ])
  const all = await comeInStretches(restingServer(), job, { stretches: 2, come: late.come })
  expect(all).toMatchObject({ isVoid: true, seconds: 80, lag: 15 })
  expect(all.outcomes).toHaveLength(8)
  expect(late.came).toHaveLength(4)
})

test('one stretch alone is void by a single late visitor, and not run again', async () => {
  const once = crowdOf([[1, 11]])
  expect(await comeInStretches(restingServer(), job, { come: once.come })).toMatchObject({
    isVoid: true,
    lag: 11,
  })
  expect(once.came).toHaveLength(1)
})

test('who comes when answered is never too late', async () => {
  const { come } = crowdOf([[50, 1]])
  const closed = { port: 1, files: [], seconds: 20, patienceMs: 1000, clients: 2 }
  expect(await comeInStretches(restingServer(), closed, { come })).toMatchObject({ isVoid: false })
})
