import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keyFor, makeKeyStem, type NewRecord, recordId, sha256 } from '@sluice/core'
import { sqliteRecords } from '@sluice/records/sqlite'
import { fsStore } from '@sluice/stores/fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { capture } from '../capture.js'
import { factsOfTinyGif, tinyGif } from '../library.js'

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sluice-load-'))
})
afterEach(() => rmSync(home, { recursive: true }))

const uploads = () => join(home, 'uploads')
const to = () => join(home, 'backups')

async function store(number: number) {
  const key = keyFor(makeKeyStem(new Date()), 'main', 'gif')
  await fsStore(uploads()).commit([{ key, bytes: tinyGif(number), type: 'image/gif' }])
  return key
}

test('while uploads come in, full and incremental: restored elsewhere, every row has its file', async () => {
  const rows = join(home, 'rows')
  writeFileSync(rows, '')
  let stopped = false
  let number = 0
  const application = async () => {
    while (!stopped) {
      const mine = number++
      const key = await store(mine)
      appendFileSync(rows, `${await sha256(tinyGif(mine))} ${key}\n`)
    }
  }
  const running = [application(), application(), application()]
  const wait = async (files: number) => {
    const end = number + files
    while (number < end) await new Promise(resolve => setImmediate(resolve))
  }
  try {
    for (let round = 1; round <= 3; round++) {
      await wait(15)
      const args = ['backup', uploads(), '--to', to(), '--database', `cat '${rows}'`]
      const { exitCode, stdout } = await capture(args)
      expect(exitCode).toBe(0)
      if (round > 1) expect(stdout).toMatch(/\d files as before/)
      expect((await capture(['verify', to()])).exitCode).toBe(0)
      const restored = join(home, `restored-${round}`)
      const loaded = join(home, `rows-${round}`)
      const back = await capture(['restore', to(), '--to', restored, '--database', `cat > '${loaded}'`])
      expect(back.exitCode).toBe(0)
      const all = readFileSync(loaded, 'utf8').trim().split('\n')
      expect(all.length).toBeGreaterThanOrEqual(15 * round - 3)
      for (const row of all) {
        const [hash, key = ''] = row.split(' ')
        expect(await sha256(readFileSync(join(restored, key)))).toBe(hash)
      }
    }
  } finally {
    stopped = true
    await Promise.all(running)
  }
})

test('records in SQLite: copied first, paired, proven, restored, and audited', async () => {
  const database = join(home, 'records.db')
  const records = sqliteRecords(database)
  const keys: string[] = []
  for (let number = 0; number < 8; number++) {
    const key = await store(number)
    const file = await factsOfTinyGif(number)
    const row: NewRecord = {
      id: recordId(key),
      owner: 'ann',
      role: 'author',
      files: [{ name: 'main', key, ...file }],
      input: { ...file, orientation: 1 },
      policyVersion: 'a'.repeat(16),
      codecVersion: 'kernel',
      notes: [],
    }
    await records.open([row])
    if (number < 7) expect(await records.confirm([row.id])).toBe(true)
    keys.push(key)
  }
  await records.close()
  // The application has deleted one, and its row after the copy of the database.
  rmSync(join(uploads(), keys[0] ?? ''))
  const made = await capture(['backup', uploads(), '--to', to(), '--sqlite', database])
  expect([made.exitCode, made.stdout]).toEqual([0, expect.stringContaining('1 file deleted meanwhile')])
  const verified = await capture(['verify', to()])
  expect([verified.exitCode, verified.stdout]).toEqual([
    0,
    expect.stringContaining('7 files of rows, 0 faults'),
  ])
  const restored = join(home, 'restored')
  const back = ['restore', to(), '--to', restored, '--sqlite', join(home, 'restored.db')]
  expect((await capture(back)).exitCode).toBe(0)
  const audited = await capture(['audit', '--json', restored, '--records', join(home, 'restored.db')])
  const findings = audited
    .lines()
    .slice(0, -1)
    .map(line => JSON.parse(line))
  expect(findings).toEqual([
    { path: keys[0], problem: 'missing', detail: `record ${recordId(keys[0] ?? '')}` },
  ])
  // It is already there, as it was.
  expect((await capture(back)).stdout).toContain('7 files already there')
})

test('an SQLite database that is not there leaves no backup', async () => {
  await store(1)
  const args = ['backup', uploads(), '--to', to(), '--sqlite', join(home, 'none.db')]
  const { exitCode, stderr } = await capture(args)
  expect([exitCode, stderr]).toEqual([
    1,
    expect.stringContaining('no backup was made: the database cannot be copied'),
  ])
})
