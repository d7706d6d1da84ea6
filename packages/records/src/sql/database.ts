export type Value = string | number | null
export type Row = Readonly<Record<string, unknown>>

/** Runs one statement, whose parameters are `$1`, `$2` and so on. @returns the rows that it gives */
export type Query = (sql: string, values: readonly Value[]) => Promise<readonly Row[]>

/** What the records need of a database. */
export interface Database {
  /** One statement, a transaction of its own. */
  readonly query: Query
  /**
   * All of `work` or, where it rejects, nothing of it; it sees no change of others between its statements that its
   * own depend on.
   */
  transaction<Value>(work: (query: Query) => Promise<Value>): Promise<Value>
  /** The application's own transaction, for one statement of ours. @throws TypeError for what is none */
  within(tx: unknown): Query
  /** Waits, within a transaction, until no other one counts what this owner holds. */
  lockOwner(query: Query, owner: string): Promise<void>
  close(): Promise<void>
}
