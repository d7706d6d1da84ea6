import type { RecordedFile, Records, UploadRecord } from '@sluice/core'
import type { Library } from '../library/library.js'
import type { Finding } from './finding.js'
import type { Facts } from './inspect-file.js'
import type { Known, Recorded } from './known.js'

/** A sweep comes once in a while: until then what it would take is in order. In milliseconds. */
const sweptAfterMs = 2 * 3_600_000

/** Files and rows held against each other, in both directions. */
export function knownByRecords(records: Records): Known {
  return {
    async check(_stem, files, now) {
      if (files.length === 0) return { findings: [] }
      const rows = await records.find(files.map(({ key }) => key))
      return checkRows(rows, files, now)
    },
    mayRepeat: async key => (await records.find([key])).length > 0,
    async *withoutFiles(library) {
      for await (const row of records.list({ state: 'confirmed' })) yield* checkMain(row, library)
    },
  }
}

function checkRows(rows: readonly UploadRecord[], files: readonly Facts[], now: number): Recorded {
  const findings: Finding[] = []
  const recorded = new Map(rows.flatMap(row => row.files.map(file => [file.key, { row, file }] as const)))
  for (const { key, sha256, bytes } of files) {
    const known = recorded.get(key)
    if (known === undefined) findings.push({ path: key, problem: 'unrecorded' })
    else if (known.file.sha256 !== sha256)
      findings.push({ path: key, problem: 'changed', detail: change(known.file, bytes) })
  }
  const there = new Set(files.map(({ key }) => key))
  for (const row of rows) {
    const path = row.files.find(({ key }) => there.has(key))?.key ?? row.id
    const detail = overdue(row, now)
    if (detail !== undefined) findings.push({ path, problem: 'state', detail })
    // Of the main file the look at all rows tells.
    const gone = row.files.filter(({ key, name }) => name !== 'main' && !there.has(key))
    if (row.state === 'confirmed')
      for (const { key } of gone) findings.push({ path: key, problem: 'missing', detail: `record ${row.id}` })
  }
  return { findings, role: rows[0]?.role }
}

function change({ bytes: recorded }: RecordedFile, bytes: number): string {
  return recorded === bytes ? 'other bytes than recorded' : `${bytes} bytes, ${recorded} recorded`
}

/** What a sweep should have taken. */
function overdue({ state, opened, due = opened }: UploadRecord, now: number): string | undefined {
  if (state === 'pending' && opened < now - sweptAfterMs)
    return `pending since ${new Date(opened).toISOString()}`
  if (state === 'removed' && due < now - sweptAfterMs)
    return `removed, and to be deleted since ${new Date(due).toISOString()}`
  return undefined
}

async function* checkMain({ id, files }: UploadRecord, library: Library): AsyncGenerator<Finding> {
  const main = files.find(({ name }) => name === 'main')
  if (main === undefined || (await library.has(main.key))) return
  const others = files.length - 1
  const detail = others === 0 ? `record ${id}` : `record ${id}, of ${files.length} files`
  yield { path: main.key, problem: 'missing', detail }
}
