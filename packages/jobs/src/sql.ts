import type { UploadResult } from '@sluice/core'

/** As much of a client of `pg`, or of PGlite, as is used here. */
export interface SqlClient {
  query(sql: string, values: unknown[]): Promise<{ readonly rows: readonly unknown[] }>
}

/** The table of results, for your migrations. Postgres 9.5 or later. */
export const resultsSchema = `CREATE TABLE IF NOT EXISTS sluice_results (
  id text PRIMARY KEY,
  result jsonb NOT NULL,
  finished timestamptz NOT NULL DEFAULT now()
)`

/**
 * Records how an upload ended: one statement, one row per id, even if it runs twice. Called in the
 * application's own transaction, where it answers which attempt may write the application's rows as well.
 * @param tx a client within its transaction
 * @returns whether this was the first; another attempt that is just writing is waited for
 * @example
 * finish: result => transaction(async tx => {
 *   if (await finish(tx, result)) await tx.query('INSERT INTO posts ...', [...])
 * })
 */
export async function finish(tx: SqlClient, result: UploadResult): Promise<boolean> {
  const { rows } = await tx.query(
    'INSERT INTO sluice_results (id, result) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING RETURNING id',
    [result.id, JSON.stringify(result)],
  )
  return rows.length > 0
}

/** How an upload has ended; undefined where it has not. */
export async function resultOf(db: SqlClient, id: string): Promise<UploadResult | undefined> {
  const { rows } = await db.query('SELECT result FROM sluice_results WHERE id = $1', [id])
  return (rows[0] as { readonly result: UploadResult } | undefined)?.result
}
