import type { Records } from '@sluice/core'
import type { Database, Query, Row, Value } from './sql/database.js'
import { schema } from './sql/schema.js'
import { sqlRecords } from './sql/sql-records.js'

/** As much of a client of `pg` as is used here; the application's own transaction is one, after its `BEGIN`. */
export interface PgClient {
  query(sql: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>
}

/** As much of `pg.Pool` as is used here. */
export interface PgPool extends PgClient {
  connect(): Promise<PooledClient>
  on?(event: 'connect', listener: (client: PooledClient) => void): unknown
}

interface PooledClient extends PgClient {
  release(error?: Error | boolean): void
  on?(event: 'error', listener: (lost: Error) => void): unknown
  off?(event: 'error', listener: (lost: Error) => void): unknown
}

/** Any 64-bit number: those of advisory locks are the application's too. */
const lockSpace = 0x51_01ce

/** The statements that create the tables, for your migrations: what exists already is left alone. */
export const recordsSchema: readonly string[] = schema

/**
 * Records in Postgres 12 or later, for any number of machines. The tables `sluice_uploads` and `sluice_files` are made
 * with the first use where they are missing, in the schema that the connections look in first. The pool is the
 * application's, and `close` leaves it open.
 * @example
 * const records = postgresRecords(new pg.Pool({ connectionString }))
 */
export function postgresRecords(pool: PgPool): Records {
  return sqlRecords(postgresDatabase(pool))
}

function postgresDatabase(pool: PgPool): Database {
  let made: Promise<void> | undefined
  watch(pool)

  function ready(): Promise<void> {
    made ??= makeTables(pool)
    made.catch(() => {
      made = undefined
    })
    return made
  }
  return {
    async query(sql, values) {
      await ready()
      return await queryOf(pool)(sql, values)
    },
    async transaction(work) {
      await ready()
      return await transact(pool, work)
    },
    within(tx) {
      if (typeof Object(tx).query !== 'function')
        throw new TypeError('confirm: a transaction of postgresRecords is a client with query()')
      return queryOf(tx as PgClient)
    },
    async lockOwner(query, owner) {
      await query('SELECT pg_advisory_xact_lock($1::int, hashtext($2))', [lockSpace, owner])
    },
    async close() {},
  }
}

/** The pools that are watched: an application may make records of the same one with each request. */
const watched = new WeakSet<PgPool>()

/** A connection may end in the very moment in which it is handed out: without a listener that ends the process. */
function watch(pool: PgPool): void {
  if (watched.has(pool)) return
  watched.add(pool)
  pool.on?.('connect', client => client.on?.('error', () => {}))
}

function queryOf(client: PgClient): Query {
  return async (sql: string, values: readonly Value[]) =>
    (await client.query(sql, [...values])).rows as readonly Row[]
}

async function transact<Result>(pool: PgPool, work: (query: Query) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  let broken: Error | undefined
  function lose(lost: Error): void {
    broken = lost
  }
  // A connection that ends between two statements says so by an event, which without a listener ends the process.
  client.on?.('error', lose)
  try {
    await client.query('BEGIN')
    const result = await work(queryOf(client))
    await client.query('COMMIT')
    return result
  } catch (thrown) {
    await client.query('ROLLBACK').catch(lose)
    throw thrown
  } finally {
    // A connection that could not be rolled back is not used again.
    client.off?.('error', lose)
    client.release(broken)
  }
}

/** A role that may not make tables needs none of its own where they are there. */
async function makeTables(pool: PgPool): Promise<void> {
  const { rows } = await pool.query(`SELECT to_regclass('sluice_uploads_job') AS last`)
  if (Object(rows[0]).last !== null) return
  await transact(pool, async query => {
    // Two that make a table at once fail, even with IF NOT EXISTS.
    await query('SELECT pg_advisory_xact_lock($1::int, 0)', [lockSpace])
    for (const statement of schema) await query(statement, [])
  })
}
