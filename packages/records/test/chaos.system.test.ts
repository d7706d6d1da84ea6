import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleChild } from './bundle-child.js'
import { chaos, type Round } from './chaos.js'
import { startPostgres } from './postgres-server.js'

/*
 * The short form. `npm run chaos:records` sets CHAOS_ROUNDS to more, and keeps what came of them: a line a run in
 * results/chaos.jsonl.
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

/** @returns the last round, of whose home all others were too */
async function goThrough(gone: AsyncGenerator<Round>): Promise<Round> {
  let last: Round | undefined
  const problems: string[] = []
  let databaseKills = 0
  for await (const round of gone) {
    last = round
    problems.push(...round.problems)
    if (round.killed === 'database') databaseKills++
  }
  if (last === undefined) throw new Error('no round was gone')
  if (isLong) keep({ ...last, problems }, databaseKills)
  expect(problems).toEqual([])
  return last
}

function keep({ database, confirmed, removed, problems }: Round, databaseKills: number): void {
  const results = new URL('results/', import.meta.url)
  mkdirSync(results, { recursive: true })
  const kills = { application: rounds - databaseKills, database: databaseKills }
  const line = {
    date: new Date().toISOString(),
    node: process.version,
    database,
    rounds,
    kills,
    confirmed,
    removed,
    problems,
  }
  appendFileSync(new URL('chaos.jsonl', results), `${JSON.stringify(line)}\n`)
}

const timeout = rounds * 30_000

test('SQLite: an application is killed again and again, and nothing confirmed is lost', {
  timeout,
}, async () => {
  const last = await goThrough(chaos(rounds, { home: join(scratch, 'sqlite'), child }))
  expect(last.confirmed).toBeGreaterThanOrEqual(rounds * 0.8)
})

test('Postgres: application and database are killed in turn, and nothing confirmed is lost', {
  timeout,
}, async () => {
  const postgres = await startPostgres()
  try {
    const last = await goThrough(chaos(rounds, { home: join(scratch, 'postgres'), child, postgres }))
    expect(last.confirmed).toBeGreaterThanOrEqual(rounds * 0.8)
  } finally {
    await postgres.stop()
  }
})
