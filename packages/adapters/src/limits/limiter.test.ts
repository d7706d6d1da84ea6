import { RateLimiterMemory } from 'rate-limiter-flexible'
import { expect, test } from 'vitest'
import { consume, rateLimitHeaders } from './limiter.js'

test('a limiter of rate-limiter-flexible fits as it is: the last point passes, the next is refused', async () => {
  const limiter = new RateLimiterMemory({ points: 2, duration: 60 })
  expect(rateLimitHeaders(limiter, await consume(limiter, 'ann', 1, 'rate-limited'))).toEqual({
    'RateLimit-Policy': '"upload";q=2;w=60',
    RateLimit: expect.stringMatching(/^"upload";r=1;t=(59|60)$/),
  })
  expect(await consume(limiter, 'ann', 1, 'rate-limited')).toMatchObject({ remainingPoints: 0 })
  await expect(consume(limiter, 'ann', 1, 'rate-limited')).rejects.toMatchObject({
    code: 'rate-limited',
    status: 429,
    params: { retryAfter: 60 },
  })
  expect(await consume(limiter, 'bob', 1, 'rate-limited')).toMatchObject({ remainingPoints: 1 })
})

test('a quota counts many points at once', async () => {
  const limiter = new RateLimiterMemory({ points: 100, duration: 86_400 })
  await consume(limiter, 'ann', 100, 'quota-exceeded')
  await expect(consume(limiter, 'ann', 1, 'quota-exceeded')).rejects.toMatchObject({ code: 'quota-exceeded' })
})

test.each([new Error('redis is gone'), 'text', undefined, {}])(
  'a limiter that breaks lets nobody in: %s',
  async thrown => {
    const broken = { consume: () => Promise.reject(thrown) }
    await expect(consume(broken, 'ann', 1, 'rate-limited')).rejects.toMatchObject({
      code: 'internal',
      stage: 'guard',
    })
  },
)

test('what the limiter does not tell is not told on', () => {
  const limiter = { consume: async () => ({}) }
  expect(rateLimitHeaders(limiter, {})).toEqual({})
  expect(rateLimitHeaders({ ...limiter, points: 5 }, { remainingPoints: -1, msBeforeNext: 1 })).toEqual({
    'RateLimit-Policy': '"upload";q=5',
    RateLimit: '"upload";r=0;t=1',
  })
})
