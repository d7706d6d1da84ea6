import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { floodRow } from '../report/flood.fixture.js'
import { doneBefore, readRows, storeRow } from './rows.mjs'

const folder = mkdtempSync(join(tmpdir(), 'sluice-rows-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = pathToFileURL(join(folder, 'flood.json'))

test('what was run is not run again, unless it was void or shorter', () => {
  expect(readRows(file)).toEqual([])
  storeRow(file, floodRow({ load: 'mixed' }))
  storeRow(file, floodRow({ load: 3, void: true }))
  storeRow(file, floodRow({ load: 10 }))
  const which = { contender: 'sluice', load: 10, minutes: 1 } as const
  expect(doneBefore(readRows(file), which)).toEqual(floodRow({ load: 10 }))
  expect(doneBefore(readRows(file), { ...which, load: 3 })).toBeUndefined()
  expect(doneBefore(readRows(file), { ...which, minutes: 10 })).toBeUndefined()
  expect(doneBefore(readRows(file), { ...which, contender: 'bun' })).toBeUndefined()

  storeRow(file, floodRow({ load: 3 }))
  expect(readRows(file)).toHaveLength(3)
  expect(doneBefore(readRows(file), { ...which, load: 3 })).toEqual(floodRow({ load: 3 }))
})
