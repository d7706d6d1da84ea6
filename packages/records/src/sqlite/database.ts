import { closeSync, openSync } from 'node:fs'
import type { Database, Query, Row, Value } from '../sql/database.js'
import { schema } from '../sql/schema.js'
import { type Engine, isBusy } from './engine.js'
import { nodeSqlite, numbered, openNative } from './native.js'
import { openWasm } from './wasm.js'

/** Longest wait for another connection, in milliseconds, and the pause between two tries. */
const busyMs = 10_000
const pauseMs = 5

/**
 * One connection, whose statements and transactions come one after the other: between the statements of one, nobody
 * else of this process may come in. Waits for other processes without holding the thread.
 */
export function sqliteDatabase(file: string): Database {
  let opened: Promise<Engine> | undefined
  let last: Promise<unknown> = Promise.resolve()

  function inTurn<Result>(work: (engine: Engine) => Promise<Result>): Promise<Result> {
    const turn = last.then(async () => {
      opened ??= open(file)
      opened.catch(() => {
        opened = undefined
      })
      return await work(await opened)
    })
    last = turn.catch(() => {})
    return turn
  }
  return {
    query: (sql, values) => inTurn(engine => unlocked(() => engine.all(sql, values))),
    transaction: work =>
      inTurn(async engine => {
        await unlocked(() => engine.exec('BEGIN IMMEDIATE'))
        try {
          const result = await work(async (sql, values) => engine.all(sql, values))
          await unlocked(() => engine.exec('COMMIT'))
          return result
        } catch (thrown) {
          engine.exec('ROLLBACK')
          throw thrown
        }
      }),
    within,
    // BEGIN IMMEDIATE has locked everybody out.
    async lockOwner() {},
    async close() {
      await last
      const engine = await opened
      opened = undefined
      engine?.close()
    },
  }
}

async function open(file: string): Promise<Engine> {
  // SQLite would make it readable for everybody, and what it makes beside it has the same mode.
  closeSync(openSync(file, 'a', 0o600))
  const sqlite = nodeSqlite()
  const engine = sqlite ? openNative(sqlite, file) : await openWasm(file)
  try {
    for (const statement of [engine.settings, ...schema]) await unlocked(() => engine.exec(statement))
    return engine
  } catch (thrown) {
    engine.close()
    throw thrown
  }
}

async function unlocked<Result>(work: () => Result): Promise<Result> {
  const end = performance.now() + busyMs
  for (;;) {
    try {
      return work()
    } catch (thrown) {
      if (!isBusy(thrown) || performance.now() > end) throw thrown
    }
    await new Promise(resolve => setTimeout(resolve, pauseMs))
  }
}

interface Prepares {
  prepare(sql: string): { all(...values: readonly Value[]): unknown }
}
interface Asks {
  all(sql: string, values: readonly Value[]): unknown
}

/** Of `node:sqlite`, better-sqlite3 and node-sqlite3-wasm. */
function within(tx: unknown): Query {
  const { all, prepare } = Object(tx)
  if (typeof all === 'function')
    return async (sql, values) => (tx as Asks).all(numbered(sql), values) as readonly Row[]
  if (typeof prepare === 'function')
    return async (sql, values) => (tx as Prepares).prepare(numbered(sql)).all(...values) as readonly Row[]
  throw new TypeError('confirm: a transaction of sqliteRecords is a connection with prepare(), or with all()')
}
