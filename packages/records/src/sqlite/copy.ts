import { existsSync } from 'node:fs'
import { refuseWhileLeased } from './lease.js'
import { nodeSqlite } from './native.js'
import { openWasm } from './wasm.js'

/**
 * A consistent copy of any SQLite database, also while others write to it: `VACUUM INTO`, by `node:sqlite`. Where that is
 * missing no other process may have the database open, which is looked at as far as it can be.
 * @param to must not be there
 * @throws Error where it cannot be copied
 */
export async function copySqlite(file: string, to: string): Promise<void> {
  if (!existsSync(file)) throw new Error(`there is no database at ${file}`)
  const sqlite = nodeSqlite()
  const statement = `VACUUM INTO '${to.replaceAll("'", "''")}'`
  if (sqlite === undefined) {
    const engine = await openWasm(file)
    try {
      engine.exec(statement)
    } finally {
      engine.close()
    }
    return
  }
  refuseWhileLeased(file)
  const database = new sqlite.DatabaseSync(file)
  try {
    database.exec(`PRAGMA busy_timeout = 10000; ${statement}`)
  } finally {
    database.close()
  }
}
