import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Line {
  readonly faults: Readonly<Record<string, number>>
  readonly accepted: number
  readonly problems: readonly string[]
}

test('what `npm run chaos` has stored: at least 300 faults of all kinds, and nothing lost', () => {
  const text = readFileSync(new URL('results/chaos.jsonl', import.meta.url), 'utf8')
  const lines: Line[] = text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  const counts = new Map<string, number>()
  for (const { faults } of lines)
    for (const [name, count] of Object.entries(faults)) counts.set(name, (counts.get(name) ?? 0) + count)
  expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(300)
  expect(counts.size).toBe(12)
  expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(20)
  for (const { accepted, problems } of lines) {
    expect(accepted).toBeGreaterThan(0)
    expect(problems).toEqual([])
  }
})
