import { PGlite } from '@electric-sql/pglite'
import type { PgPool } from '../src/postgres.js'

/** Postgres in WebAssembly as a pool of one connection: whoever wants it waits until it is free. */
export function pglitePool(): PgPool & { end(): Promise<void> } {
  const database = new PGlite()
  let last: Promise<unknown> = Promise.resolve()

  async function connect() {
    const before = last
    let release = () => {}
    last = new Promise<void>(resolve => {
      release = resolve
    })
    await before
    const query = (sql: string, values?: unknown[]) => database.query(sql, values)
    return { query, release }
  }
  return {
    connect,
    async query(sql, values) {
      const client = await connect()
      try {
        return await client.query(sql, values)
      } finally {
        client.release()
      }
    },
    end: () => database.close(),
  }
}
