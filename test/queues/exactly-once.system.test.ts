import { expect, test } from 'vitest'
import { exactlyOnce, steps } from './exactly-once.js'

test.each([
  [2, 1],
  [4, 2],
])(
  '%d workers, killed at every step, stopped and cut off, make one result of each upload',
  async (workers, seed) => {
    const found = await exactlyOnce({ uploads: 60, workers, seed, disasters: 2 })
    expect(found.problems).toEqual([])
    expect([found.stored, found.refused]).toEqual([54, 6])
    expect([...found.kills].sort()).toEqual([...steps].sort())
    for (const fault of ['409', '500', 'lost', 'cut']) expect(found.faults[fault], fault).toBeGreaterThan(0)
  },
  240_000,
)
