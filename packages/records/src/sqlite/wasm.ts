import { closeSync, openSync, readSync } from 'node:fs'
import type { Row } from '../sql/database.js'
import type { Engine } from './engine.js'
import { takeLease } from './lease.js'
import { numbered } from './native.js'

/**
 * SQLite in WebAssembly, for Node without `node:sqlite`. It locks by a folder that nobody takes away when its process is
 * killed, and no other SQLite sees: so one process has the file for as long as it is open.
 */
export async function openWasm(file: string): Promise<Engine> {
  refuseWriteAheadLog(file)
  const lease = takeLease(file)
  try {
    const { default: sqlite } = await import('node-sqlite3-wasm')
    const database = new sqlite.Database(file)
    return {
      settings: 'PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON',
      exec(sql) {
        lease.check()
        database.exec(sql)
      },
      all(sql, values) {
        lease.check()
        return database.all(numbered(sql), [...values]) as readonly Row[]
      },
      close() {
        database.close()
        lease.release()
      },
    }
  } catch (thrown) {
    lease.release()
    throw thrown
  }
}

/** What `node:sqlite` has opened may be open there still: it alone reads such a file (SQLite file format, 1.3). */
function refuseWriteAheadLog(file: string): void {
  const header = new Uint8Array(20)
  const descriptor = openSync(file, 'r')
  try {
    readSync(descriptor, header, 0, header.length, 0)
  } finally {
    closeSync(descriptor)
  }
  if (header[18] === 2)
    throw new Error(
      `sqliteRecords: ${file} was opened by node:sqlite, with a write-ahead log, which this version of Node ` +
        `(${process.version}) cannot share: use Node 22.13 or later, or, with all processes stopped, run ` +
        `sqlite3 ${file} 'PRAGMA journal_mode = DELETE'`,
    )
}
