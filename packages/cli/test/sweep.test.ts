import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteRecords } from '@sluice/records/sqlite'
import { exampleRecord } from '@sluice/records/testing'
import { fsStore } from '@sluice/stores/fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { capture } from './capture.js'

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sluice-sweep-'))
})
afterEach(() => rmSync(home, { recursive: true }))

const folder = () => join(home, 'images')
const file = () => join(home, 'uploads.db')

async function three() {
  const rows = [exampleRecord(), exampleRecord(), exampleRecord()] as const
  const [records, store] = [sqliteRecords(file()), fsStore(folder())]
  await records.open(rows)
  const files = rows.flatMap(row => row.files)
  await store.commit(files.map(({ key }) => ({ key, bytes: new Uint8Array(9), type: 'image/webp' })))
  await records.confirm(rows.slice(0, 2).map(({ id }) => id))
  await records.remove([rows[1].id])
  await records.close()
  return rows
}

test('what was removed is deleted with its files, what waits is left, and it is told', async () => {
  const [kept, , pending] = await three()
  expect(await capture(['sweep', folder(), '--records', file()])).toMatchObject({
    exitCode: 0,
    stdout: '1 upload deleted, 0 of them never confirmed\n',
  })
  const names = readdirSync(folder()).flatMap(month => readdirSync(join(folder(), month)))
  expect(names.sort()).toEqual(
    [kept, pending].flatMap(({ files }) => files.map(({ key }) => key.slice(7))).sort(),
  )
  expect(JSON.parse((await capture(['sweep', folder(), '--records', file(), '--json'])).stdout)).toEqual({
    kept: 0,
    expired: 0,
    deleted: 0,
    failed: [],
  })
})

test('what is wrong on the command line is said', async () => {
  await three()
  for (const [args, message] of [
    [['--records', join(home, 'other.db')], /there are no records at/],
    [['--records', file(), '--pending-minutes', '0'], /--pending-minutes must be a whole number from 1/],
    [[], /required option '--records <name>'/],
  ] as const) {
    const { exitCode, stderr } = await capture(['sweep', folder(), ...args])
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(message)])
  }
})

test('a store that believes nobody says so in one line', async () => {
  await three()
  chmodSync(join(home, '.images-incoming'), 0o777)
  const { exitCode, stderr } = await capture(['sweep', folder(), '--records', file()])
  expect([exitCode, stderr]).toEqual([
    2,
    expect.stringMatching(/^sluice: fsStore: others may write to .*chmod go-w/),
  ])
})
