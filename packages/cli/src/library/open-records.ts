import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Records } from '@sluice/core'
import { type PgPool, postgresRecords } from '@sluice/records/postgres'
import { sqliteRecords } from '@sluice/records/sqlite'
import { UsageError } from '../terminal.js'

interface Pg {
  readonly Pool: new (options: { readonly connectionString: string }) => PgPool & { end(): Promise<void> }
}

/**
 * The records of an SQLite file, or of a Postgres by its URL, with the `pg` that is installed where one stands.
 * @param isNew whether they may be made
 * @throws UsageError where there are none
 */
export async function openRecords(name: string, isNew = false): Promise<Records> {
  if (/^postgres(?:ql)?:\/\//.test(name)) return openPostgres(name)
  // A wrong name must not become empty records, by which every file has none.
  if (!isNew && !existsSync(name)) throw new UsageError(`there are no records at ${name}`)
  return sqliteRecords(name)
}

async function openPostgres(connectionString: string): Promise<Records> {
  const { Pool } = await loadPg()
  const pool = new Pool({ connectionString })
  const records = postgresRecords(pool)
  return {
    ...records,
    async close() {
      await records.close()
      await pool.end()
    },
  }
}

async function loadPg(): Promise<Pg> {
  const here = createRequire(join(process.cwd(), 'package.json'))
  try {
    const { default: pg } = await import(pathToFileURL(here.resolve('pg')).href)
    return pg
  } catch (thrown) {
    if (Object(thrown).code !== 'MODULE_NOT_FOUND') throw thrown
    throw new UsageError('records in Postgres need the package pg, installed in the current folder')
  }
}
