import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleChild } from './bundle-child.js'
import { chaos, type Round } from './chaos.js'
import { startPostgres } from './postgres-server.js'

/*
 * The short form. `npm run chaos:records` sets CHAOS_ROUNDS to more, and adds what came of them to results/chaos.jsonl.
 */
const rounds = Number(process.env.CHAOS_ROUNDS ?? 10)
const isLong = process.env.CHAOS_ROUNDS !== undefined

let scratch = ''
let child = ''
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'sluice-chaos-'))
  chmodSync(scratch, 0o755)
  child = await bundleChild('life-child', join(scratch, 'child.mjs'))
})
afterAll(() => rmSync(scratch, { recursive: true }))

/** A line of the results tells of so many rounds: a long run may be stopped at any time. */
const linesEvery = 20

/** @returns how many uploads were confirmed */
async function goThrough(gone: AsyncGenerator<Round>): Promise<number> {
  let block: Round[] = []
  let before = { confirmed: 0, removed: 0 }
  for await (const round of gone) {
    block.push(round)
    if (isLong && block.length === linesEvery) {
      keep(block, before)
      before = round
      block = []
    }
    expect(round.problems).toEqual([])
  }
  return block.at(-1)?.confirmed ?? before.confirmed
}

function keep(block: readonly Round[], before: Pick<Round, 'confirmed' | 'removed'>): void {
  const [last] = block.slice(-1)
  if (last === undefined) return
  const results = new URL('results/', import.meta.url)
  mkdirSync(results, { recursive: true })
  const killed = (what: Round['killed']) => block.filter(round => round.killed === what).length
  const line = {
    date: new Date().toISOString(),
    node: process.version,
    database: last.database,
    rounds: block.length,
    kills: { application: killed('application'), database: killed('database') },
    confirmed: last.confirmed - before.confirmed,
    removed: last.removed - before.removed,
    problems: block.flatMap(({ problems }) => problems),
  }
  appendFileSync(new URL('chaos.jsonl', results), `${JSON.stringify(line)}\n`)
}

const timeout = rounds * 30_000

test('SQLite: an application is killed again and again, and nothing confirmed is lost', {
  timeout,
}, async () => {
  const confirmed = await goThrough(chaos(rounds, { home: join(scratch, 'sqlite'), child }))
  expect(confirmed).toBeGreaterThanOrEqual(rounds * 0.8)
})

test('Postgres: application and database are killed in turn, and nothing confirmed is lost', {
  timeout,
}, async () => {
  const postgres = await startPostgres()
  try {
    const confirmed = await goThrough(chaos(rounds, { home: join(scratch, 'postgres'), child, postgres }))
    expect(confirmed).toBeGreaterThanOrEqual(rounds * 0.8)
  } finally {
    await postgres.stop()
  }
})
