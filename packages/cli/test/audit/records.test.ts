import { mkdirSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type NewRecord, type Records, recordId } from '@sluice/core'
import { sqliteRecords } from '@sluice/records/sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { capture } from '../capture.js'
import { factsOfTinyGif, keyOf, put, tinyGif, touch } from '../library.js'

let home = ''
const out = () => join(home, 'out')
const database = () => join(home, 'records.db')
const month = '202511'
const policy = { variants: { thumb: { maxWidth: 64, maxHeight: 64 } } }

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'sluice-audit-records-'))
  mkdirSync(out(), { mode: 0o755 })
  writeFileSync(join(home, 'policy.json'), JSON.stringify(policy))
  await change(async records => {
    for (let number = 0; number < 6; number++) await add(records, number)
  })
})
afterEach(() => rmSync(home, { recursive: true }))

async function change(work: (records: Records) => Promise<unknown>) {
  const records = sqliteRecords(database())
  try {
    await work(records)
  } finally {
    await records.close()
  }
}

const main = (number: number) => keyOf(month, number)
const thumb = (number: number) => keyOf(month, number, '-thumb.gif')

/** An upload of two files, with its row. */
async function add(records: Records, number: number, confirm = true) {
  const file = await factsOfTinyGif(number)
  const input = { ...file, orientation: 1, bytes: 100, sha256: '0'.repeat(64) }
  const row: NewRecord = {
    id: recordId(main(number)),
    owner: 'ann',
    role: number % 2 ? 'author' : 'visitor',
    files: [
      { name: 'main', key: main(number), ...file },
      { name: 'thumb', key: thumb(number), ...file },
    ],
    input,
    policyVersion: 'a'.repeat(16),
    codecVersion: 'kernel',
    notes: [],
  }
  await records.open([row])
  put(out(), main(number), tinyGif(number))
  put(out(), thumb(number), tinyGif(number))
  if (confirm) expect(await records.confirm([row.id])).toBe(true)
}

async function audit() {
  const args = ['audit', '--json', out(), '--records', database(), '--policy', join(home, 'policy.json')]
  const { exitCode, lines } = await capture(args)
  const all = lines().map(line => JSON.parse(line))
  return { exitCode, findings: all.slice(0, -1), summary: all.at(-1)?.summary }
}

test('files and rows that agree are clean, and counted by role', async () => {
  const { exitCode, findings, summary } = await audit()
  expect([exitCode, findings, summary.files]).toEqual([0, [], 12])
  expect(summary.statistics.roles).toMatchObject({ author: { files: 3 }, visitor: { files: 3 } })
})

test('a file without a row, and rows without files', async () => {
  put(out(), keyOf(month, 90), tinyGif(90))
  put(out(), keyOf(month, 90, '-thumb.gif'), tinyGif(90))
  unlinkSync(join(out(), thumb(1)))
  for (const key of [main(2), thumb(2)]) unlinkSync(join(out(), key))
  const { findings } = await audit()
  expect(findings).toHaveLength(5)
  expect(findings).toEqual(
    expect.arrayContaining([
      { path: keyOf(month, 90), problem: 'unrecorded' },
      { path: keyOf(month, 90, '-thumb.gif'), problem: 'unrecorded' },
      { path: main(1), problem: 'variant-missing', detail: 'thumb' },
      { path: thumb(1), problem: 'missing', detail: `record ${recordId(main(1))}` },
      { path: main(2), problem: 'missing', detail: `record ${recordId(main(2))}, of 2 files` },
    ]),
  )
})

test('a bit that has flipped where no header tells', async () => {
  const bytes = readFileSync(join(out(), main(3)))
  bytes[13] = (bytes[13] ?? 0) ^ 1
  writeFileSync(join(out(), main(3)), bytes)
  touch(join(out(), main(3)), main(3))
  expect((await audit()).findings).toEqual([
    { path: main(3), problem: 'changed', detail: 'other bytes than recorded' },
  ])
})

test('the same picture of two people is no duplicate, where both are recorded', async () => {
  put(out(), main(4), tinyGif(5))
  put(out(), thumb(4), tinyGif(5))
  expect((await audit()).findings.map(({ problem }) => problem)).toEqual(['changed', 'changed'])
})

test('what a sweep should have taken long ago', async () => {
  vi.useFakeTimers({ now: Date.now() - 4 * 3_600_000, toFake: ['Date'] })
  await change(async records => {
    await add(records, 7, false)
    await records.remove([recordId(main(0))])
  })
  vi.useRealTimers()
  const { findings } = await audit()
  expect(findings).toHaveLength(2)
  expect(findings).toEqual(
    expect.arrayContaining([
      { path: main(7), problem: 'state', detail: expect.stringMatching(/^pending since 20/) },
      {
        path: main(0),
        problem: 'state',
        detail: expect.stringMatching(/^removed, and to be deleted since/),
      },
    ]),
  )
})

test('records that are not there are not made', async () => {
  const { exitCode, stderr } = await capture(['audit', out(), '--records', join(home, 'none.db')])
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('there are no records at')])
})
