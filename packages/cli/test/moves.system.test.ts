import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Records } from '@sluice/core'
import { postgresRecords } from '@sluice/records/postgres'
import { fsStore } from '@sluice/stores/fs'
import { findCorpus } from '@sluice/testkit/find-corpus'
import { makePng } from '@sluice/testkit/images/png'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startPostgres } from '../../records/test/postgres-server.js'
import { bundleCli } from './bundle.js'
import { fixtures, keyOf, tinyGif } from './library.js'
import { copyKilled, importKilled, type Moved, type Place, rerenderKilled } from './moves.js'

/*
 * The short form. `npm run moves -- import|rerender|copy` sets MOVES to one of them, takes the corpus and
 * thousands, and adds what came of it to results/moves.jsonl.
 */
const long = process.env.MOVES
const sizes = long
  ? { uploads: 1000, kills: 60, longestMs: 8000 }
  : { uploads: 30, kills: 6, longestMs: 3000 }
const timeout = long ? 3_600_000 : 240_000

let home = ''
let postgres: Awaited<ReturnType<typeof startPostgres>>
let pool: ReturnType<typeof postgres.open>
let records: Records
let place: Place
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'sluice-moves-'))
  postgres = await startPostgres()
  pool = postgres.open()
  records = postgresRecords(pool)
  place = {
    home,
    program: await bundleCli(),
    records,
    database: `postgres://sluice@localhost/postgres?host=${postgres.home}`,
    kills: sizes.kills,
    longestMs: sizes.longestMs,
  }
}, 120_000)
afterEach(async () => {
  await records?.close()
  await pool?.end()
  await postgres?.stop()
  rmSync(home, { recursive: true, force: true })
}, 120_000)

function keep(what: string, found: Moved): void {
  if (!long) return
  const results = new URL('results/', import.meta.url)
  mkdirSync(results, { recursive: true })
  const line = { date: new Date().toISOString(), node: process.version, what, ...found }
  appendFileSync(new URL('moves.jsonl', results), `${JSON.stringify(line)}\n`)
}

const only = (what: string) => ({ timeout, skip: long !== undefined && long !== what })

test('an import that is killed again and again stores everything once', only('import'), async () => {
  const legacy = join(home, 'legacy')
  cpSync((long && findCorpus()) || fixtures, legacy, { recursive: true })
  const found = await importKilled(legacy, place)
  keep('import', found)
  expect(found.problems).toEqual([])
  expect(found.stored).toBeGreaterThan(20)
  expect(found.refused).toBeGreaterThan(long ? 200 : 10)
  expect(found.kills).toBeGreaterThan(0)
})

test('a rerender that is killed again and again draws everything once', only('rerender'), async () => {
  const legacy = join(home, 'legacy')
  mkdirSync(legacy)
  for (let number = 0; number < sizes.uploads; number++) {
    const [width, height] = [200 + (number % 7) * 60, 150 + (number % 5) * 80]
    writeFileSync(join(legacy, `${number}.png`), makePng(width, height, number))
  }
  const imported = await importKilled(legacy, { ...place, kills: 0 })
  expect([imported.stored, imported.problems]).toEqual([sizes.uploads, []])
  const found = await rerenderKilled(place)
  keep('rerender', found)
  expect(found.problems).toEqual([])
  expect([found.things, found.stored]).toEqual([sizes.uploads, sizes.uploads])
  expect(found.kills).toBeGreaterThan(0)
})

test(
  'a copy to a bucket and back that is killed again and again puts everything once',
  only('copy'),
  async () => {
    const store = fsStore(join(home, 'out'))
    for (let number = 0; number < sizes.uploads; number++)
      await store.commit([
        { key: keyOf('202611', number), bytes: tinyGif(number), type: 'image/gif' },
        { key: keyOf('202611', number, '-thumb.gif'), bytes: tinyGif(10_000 + number), type: 'image/gif' },
      ])
    const found = await copyKilled(place)
    keep('copy', found)
    expect(found.problems).toEqual([])
    expect([found.things, found.stored]).toEqual([2 * sizes.uploads, 2 * sizes.uploads])
    expect(found.kills).toBeGreaterThan(0)
  },
)
