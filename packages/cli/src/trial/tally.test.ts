import { expect, test } from 'vitest'
import type { Outcome } from '../sanitize-file.js'
import { startTally } from './tally.js'

const refused = (file: string, code: string) =>
  ({ file, ok: false, code, status: 422, stage: 'probe', message: `a message of ${code}`, ms: 1 }) as Outcome

test('50,000 results leave sums and a handful of examples', () => {
  const tally = startTally('sharp 1')
  for (let index = 0; index < 50_000; index++)
    tally.add({
      outcome: refused(`${index}.jpg`, index % 3 === 0 ? 'truncated' : 'corrupt'),
      beside: { ok: true, bytes: 10, ms: 1 },
    })
  const summary = tally.summary()
  expect(summary).toMatchObject({
    files: 50_000,
    refused: 50_000,
    refusals: [
      { code: 'corrupt', files: 33_333, examples: ['1.jpg', '2.jpg', '4.jpg', '5.jpg', '7.jpg'] },
      { code: 'truncated', files: 16_667 },
    ],
    beside: { theirsAlone: 50_000 },
  })
  expect(JSON.stringify(summary).length).toBeLessThan(4000)
})

test('of nothing there are no sums to divide', () => {
  const { ms, files } = startTally().summary()
  expect({ ms, files }).toEqual({ ms: { total: 0, median: 0, p95: 0, slowest: '' }, files: 0 })
})
