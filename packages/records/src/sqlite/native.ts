import process from 'node:process'
import type { Value } from '../sql/database.js'
import type { Engine } from './engine.js'
import { refuseWhileLeased } from './lease.js'

/** As much of `node:sqlite` as is used here: the types of Node 20 do not know it. */
interface NodeSqlite {
  readonly DatabaseSync: new (
    path: string,
  ) => {
    exec(sql: string): void
    prepare(sql: string): { all(...values: readonly Value[]): Record<string, Value>[] }
    close(): void
  }
}

/**
 * `node:sqlite`, or undefined where the runtime does not have it. Asked for by name at run time: bundlers take the
 * `node:` away from what is imported, and there is no module `sqlite`.
 */
export function nodeSqlite(): NodeSqlite | undefined {
  const { getBuiltinModule } = process as { getBuiltinModule?: (name: string) => unknown }
  return getBuiltinModule?.('node:sqlite') as NodeSqlite | undefined
}

/**
 * Readers and one writer at a time, also of several processes (WAL); every commit is on the disk before it returns.
 */
export function openNative({ DatabaseSync }: NodeSqlite, file: string): Engine {
  refuseWhileLeased(file)
  const database = new DatabaseSync(file)
  return {
    settings: 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON',
    exec: sql => database.exec(sql),
    all: (sql, values) => database.prepare(numbered(sql)).all(...values),
    close: () => database.close(),
  }
}

/** SQLite takes `$1` for a name, and `?1` for the first value. */
export function numbered(sql: string): string {
  return sql.replace(/\$(\d+)/g, '?$1')
}
