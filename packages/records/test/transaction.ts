import type { PgPool } from '../src/postgres.js'

/** The application's own transaction. */
export function transactionOf(pool: PgPool) {
  return async (work: (tx: unknown) => Promise<void>) => {
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      await work(client)
      await client.query('COMMIT')
    } catch (thrown) {
      await client.query('ROLLBACK')
      throw thrown
    } finally {
      client.release()
    }
  }
}
