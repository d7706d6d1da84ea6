import type { Records } from '@sluice/core'
import { sqlRecords } from './sql/sql-records.js'
import { sqliteDatabase } from './sqlite/database.js'

export { copySqlite } from './sqlite/copy.js'

/**
 * Records in one file, for an application on one machine: `node:sqlite` where the runtime has it (Node 22.13 and
 * later, Deno, Bun), and any number of processes may then use the file at a time; else SQLite in WebAssembly, and a
 * second process is refused by name. The file is made with the first use, mode 0600, its folder must be there. It
 * belongs on a local disk, outside the folder that is served. Transactions of the application, for `confirm`, are
 * connections to the same file: `DatabaseSync`, a `Database` of better-sqlite3 or of node-sqlite3-wasm.
 * @throws Error at the first use where the file cannot be opened, or another process has it
 * @example
 * const records = sqliteRecords('./uploads.db')
 * app.post('/images', imageUpload({ store: './uploads', records, authorize }))
 */
export function sqliteRecords(file: string): Records {
  return sqlRecords(sqliteDatabase(file))
}
