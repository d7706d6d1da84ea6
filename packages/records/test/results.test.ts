import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('the stored long run went through 300 rounds and more, on both databases, and lost nothing', () => {
  const lines = readFileSync(new URL('results/chaos.jsonl', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
  const runs = lines.map(line => JSON.parse(line))
  const sum = (count: (run: Run) => number) => runs.reduce((total, run) => total + count(run), 0)
  for (const name of ['sqlite', 'postgres'])
    expect(
      sum(({ database, rounds }) => (database === name ? rounds : 0)),
      name,
    ).toBeGreaterThanOrEqual(300)
  expect(sum(({ kills }) => kills.database)).toBeGreaterThanOrEqual(150)
  expect(sum(({ confirmed }) => confirmed)).toBeGreaterThan(500)
  expect(runs.flatMap(({ problems }) => problems)).toEqual([])
})

interface Run {
  readonly database: string
  readonly rounds: number
  readonly kills: { readonly application: number; readonly database: number }
  readonly confirmed: number
}
