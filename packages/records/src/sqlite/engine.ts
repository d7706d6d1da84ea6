import type { Row, Value } from '../sql/database.js'

/** One connection to an SQLite file, of whichever kind. All of it is synchronous. */
export interface Engine {
  /** Said first; another connection may be in the way. */
  readonly settings: string
  /** Statements without parameters or rows. */
  exec(sql: string): void
  all(sql: string, values: readonly Value[]): readonly Row[]
  close(): void
}

/** The file is another connection's at the moment (SQLITE_BUSY). */
export function isBusy(thrown: unknown): boolean {
  return thrown instanceof Error && /database is locked/.test(thrown.message)
}
