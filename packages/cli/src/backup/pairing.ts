import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RecordedFile } from '@sluice/core'
import { sqliteRecords } from '@sluice/records/sqlite'

/** A file that a database says is stored. */
export type Row = Pick<RecordedFile, 'key' | 'sha256' | 'bytes'>

/**
 * The files of every confirmed upload in a copy of the records, none where it is another database. What is opened is a copy
 * of the copy: opening writes.
 */
export async function* rowsIn(database: string): AsyncGenerator<Row> {
  const scratch = await mkdtemp(join(tmpdir(), 'sluice-rows-'))
  try {
    await copyFile(database, join(scratch, 'records.db'))
    const records = sqliteRecords(join(scratch, 'records.db'))
    try {
      for await (const { files } of records.list({ state: 'confirmed' })) yield* files
    } finally {
      await records.close()
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
