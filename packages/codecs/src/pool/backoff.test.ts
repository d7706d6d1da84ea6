import { expect, test } from 'vitest'
import { Backoff, restartLimits } from './backoff.js'

test('a worker that ends now and then is replaced at once', () => {
  let now = 0
  const backoff = new Backoff(() => now)
  for (let i = 0; i < 100; i++) {
    expect(backoff.ended()).toBe(0)
    now += restartLimits.windowMs / restartLimits.atOnce
  }
})

test('one that ends at every start waits twice as long each time, up to the longest wait', () => {
  const backoff = new Backoff(
    () => 0,
    () => 1,
  )
  expect(Array.from({ length: 13 }, () => backoff.ended())).toEqual([
    ...[0, 0, 100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000],
  ])
})

test('half of the wait is left to chance', () => {
  const waits = [0, 0.5, 1].map(random => {
    const backoff = new Backoff(
      () => 0,
      () => random,
    )
    return [backoff.ended(), backoff.ended(), backoff.ended()][2]
  })
  expect(waits).toEqual([50, 75, 100])
})

test('starts stay few: a crash loop starts at most 15 workers in any minute', () => {
  let now = 0
  const backoff = new Backoff(
    () => now,
    () => 0,
  )
  const starts = new Map<number, number>()
  while (now < 10 * 60_000) {
    const minute = Math.floor(now / 60_000)
    starts.set(minute, (starts.get(minute) ?? 0) + 1)
    now += backoff.ended() + 1
  }
  expect(starts.size).toBe(10)
  expect(Math.max(...starts.values())).toBeLessThanOrEqual(15)
})
