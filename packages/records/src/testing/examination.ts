import type { NewRecord, Records } from '@sluice/core'

export interface CheckRecordsOptions {
  /**
   * Runs work in a transaction of the application's own, in the same database, and takes it back where the work
   * rejects. Without it, nothing is said of `confirm(ids, tx)`.
   */
  readonly transaction?: ((work: (tx: unknown) => Promise<void>) => Promise<void>) | undefined
}

export interface Examination extends CheckRecordsOptions {
  readonly records: Records
  readonly owner: string
  /** Makes a row that is removed after the examination. */
  make(more?: Partial<NewRecord>): NewRecord
  expect(fine: boolean, problem: string): void
}

export type Examine = (examination: Examination) => Promise<void>

export function future(): Date {
  return new Date(Date.now() + 60_000)
}

export async function stateOf(records: Records, { id }: NewRecord) {
  return (await records.find([id]))[0]?.state
}

/** The code of an UploadError, undefined for success, a description of anything else. */
export async function refusalOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work
    return undefined
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'UploadError' && 'code' in thrown)
      return String(thrown.code)
    return `threw ${thrown}`
  }
}

/** As JSON has it, whatever the order of the names. */
export function isSame(one: unknown, other: unknown): boolean {
  const sorted = (_: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value
  return JSON.stringify(one, sorted) === JSON.stringify(other, sorted)
}
