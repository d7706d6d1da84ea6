import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { memoryRecords } from './memory.js'
import { sqliteRecords } from './sqlite.js'
import { checkRecords } from './testing.js'

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sluice-records-'))
})
afterEach(() => rmSync(home, { recursive: true }))

test('records in memory do what records promise', async () => {
  expect(await checkRecords(memoryRecords())).toEqual([])
})

test('records in SQLite do what records promise, and only their user reads them', async () => {
  const file = join(home, 'uploads.db')
  const records = sqliteRecords(file)
  expect(await checkRecords(records)).toEqual([])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  await records.close()
})
