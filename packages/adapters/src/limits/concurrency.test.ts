import { expect, test } from 'vitest'
import { concurrency } from './concurrency.js'

test('so many at once and no more, each key by itself', () => {
  const running = concurrency(2)
  const release = running.enter('ann')
  running.enter('ann')
  expect(() => running.enter('ann')).toThrow(
    expect.objectContaining({ code: 'too-many-uploads', params: { limit: 2, retryAfter: 5 } }),
  )
  running.enter('bob')
  release()
  running.enter('ann')
  expect(() => running.enter('ann')).toThrow()
})
