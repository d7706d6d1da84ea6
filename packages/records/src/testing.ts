import { keyFor, makeKeyStem, type NewRecord, note, type Records } from '@sluice/core'
import { comings } from './testing/comings.js'
import type { CheckRecordsOptions, Examination } from './testing/examination.js'
import { goings } from './testing/goings.js'

export type { CheckRecordsOptions }

/**
 * Examines records: writes rows of its own, of owners of its own, and removes them again. Needs no test framework.
 * @returns what is wrong, one sentence each; an empty list for records that do what `Records` promises
 */
export async function checkRecords(
  records: Records,
  { transaction }: CheckRecordsOptions = {},
): Promise<readonly string[]> {
  const problems: string[] = []
  for (const examine of [...comings, ...goings]) {
    const made: string[] = []
    const owner = `examiner-${crypto.randomUUID()}`
    const make = (more: Partial<NewRecord> = {}) => {
      const row = { ...exampleRecord(), owner, ...more }
      made.push(row.id)
      return row
    }
    const expect: Examination['expect'] = (fine, problem) => fine || problems.push(problem)
    try {
      await examine({ records, owner, make, expect, transaction })
    } catch (thrown) {
      problems.push(`${examine.name}: ${thrown}`)
    }
    await records.remove(made).catch(() => 0)
    await records.forget(made).catch(() => {})
  }
  return problems
}

/** A row as an upload with one variant makes it; each has an id and keys of its own. */
export function exampleRecord(): NewRecord {
  const stem = makeKeyStem(new Date())
  const file = (name: string, side: number) => ({
    name,
    key: keyFor(stem, name, 'webp'),
    format: 'webp' as const,
    width: side,
    height: side,
    frames: 1,
    bytes: side,
    sha256: 'ab'.repeat(32),
  })
  return {
    id: stem.slice(7),
    owner: '',
    role: 'author',
    files: [file('main', 700), file('thumb', 300)],
    input: {
      format: 'jpeg',
      width: 9,
      height: 8,
      frames: 1,
      orientation: 6,
      bytes: 12_345,
      sha256: 'cd'.repeat(32),
    },
    policyVersion: '0123456789abcdef',
    codecVersion: 'kernel',
    notes: [note('trailing-dropped', { bytes: 5 })],
  }
}
