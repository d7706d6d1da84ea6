import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { memoryLimiter } from './memory-limiter.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('so many points a window and no more, each key by itself, and again in the next', async () => {
  const { consume } = memoryLimiter({ points: 3, duration: 60 })
  expect(await consume('ann', 2)).toEqual({ msBeforeNext: 60_000, remainingPoints: 1 })
  vi.advanceTimersByTime(15_000)
  expect(await consume('ann')).toEqual({ msBeforeNext: 45_000, remainingPoints: 0 })
  await expect(consume('ann')).rejects.toEqual({ msBeforeNext: 45_000, remainingPoints: 0 })
  expect(await consume('bob')).toMatchObject({ remainingPoints: 2 })
  vi.advanceTimersByTime(45_000)
  expect(await consume('ann')).toEqual({ msBeforeNext: 60_000, remainingPoints: 2 })
})

test('of too many keys the one that came least recently is forgotten', async () => {
  const { consume } = memoryLimiter({ points: 1, duration: 60 }, 2)
  await consume('old')
  await consume('busy')
  await expect(consume('busy')).rejects.toBeDefined()
  await expect(consume('old')).rejects.toBeDefined()
  await consume('new')
  await expect(consume('old')).rejects.toBeDefined()
  expect(await consume('busy')).toBeDefined()
})
