import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/* What `node test/queues/run.mjs` has stored. */
const folder = new URL('results/', import.meta.url)
const stored = readdirSync(folder)

const checks: Readonly<Record<string, (result: Result) => void>> = {
  'exactly-once.json'({ stored = 0, refused = 0, problems, kills = [] }) {
    expect([stored + refused, problems]).toEqual([2000, []])
    expect(kills).toHaveLength(12)
  },
  'speed-up.json'({ images = 0, speedUp, problems }) {
    expect(images).toBeGreaterThanOrEqual(500)
    expect(speedUp).toBeGreaterThanOrEqual(1.8)
    expect(problems).toEqual([])
  },
}

interface Result {
  readonly stored?: number
  readonly refused?: number
  readonly problems: readonly string[]
  readonly kills?: readonly string[]
  readonly images?: number
  readonly speedUp?: number
}

test('what was stored of long runs is what was asked of them', () => {
  expect(stored).toContain('exactly-once.json')
  for (const name of stored) {
    const check = checks[name]
    if (check === undefined) throw new Error(`nobody checks ${name}`)
    check(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))
  }
})
