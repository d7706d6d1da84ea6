import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Run {
  readonly what: string
  readonly stored: number
  readonly refused: number
  readonly kills: number
  readonly problems: readonly string[]
}

test('the stored long runs moved a thousand and more of each, were killed, and did everything once', () => {
  const lines = readFileSync(new URL('results/moves.jsonl', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
  const runs: readonly Run[] = lines.map(line => JSON.parse(line))
  expect(runs.flatMap(({ problems }) => problems)).toEqual([])
  for (const what of ['import', 'rerender', 'copy']) {
    const { stored = 0, kills = 0, refused = 0 } = runs.find(run => run.what === what) ?? {}
    expect(stored, what).toBeGreaterThanOrEqual(1000)
    expect(kills, what).toBeGreaterThan(10)
    if (what === 'import') expect(refused).toBeGreaterThanOrEqual(200)
  }
})
