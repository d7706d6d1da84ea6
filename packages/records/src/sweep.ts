import type { Records, Store, UploadRecord } from '@sluice/core'
import { deleteFiles } from './remove.js'

export interface SweepOptions {
  readonly records: Records
  readonly store: Store
  /**
   * Age at which an unconfirmed upload is removed, in milliseconds: 0 to 2^53-1. Must exceed the longest
   * upload plus the clock skew between machines. Default: 3,600,000, one hour.
   */
  readonly pendingMs?: number | undefined
  /**
   * Asked before an upload that stayed pending is removed: true where the application has a row of it, from an answer
   * or a transaction after which it was stopped. It is confirmed then. Default: nobody is asked.
   */
  readonly isKept?: ((row: UploadRecord) => boolean | Promise<boolean>) | undefined
  /** Stops between two uploads. */
  readonly signal?: AbortSignal | undefined
}

/** What a sweep did, in uploads. */
export interface Swept {
  /** Had stayed pending, and the application keeps them. */
  readonly kept: number
  /** Had stayed pending for too long. */
  readonly expired: number
  /** Files and row deleted: of what has expired, and of what was removed and is due. */
  readonly deleted: number
  /** Could not be deleted, with the reason: the others were, and the next sweep tries these again. */
  readonly failed: readonly { readonly id: string; readonly reason: string }[]
}

/** Uploads that are looked at together. */
const batch = 100
/** A store that fails so often is down. */
const mostFailures = 1000

/**
 * Removes uploads that stayed pending, and finishes what was removed. Idempotent; may run in several processes at once,
 * and be stopped anywhere.
 * @example
 * setInterval(() => sweep({ records, store }).catch(console.error), 600_000).unref()
 */
export async function sweep({
  records,
  store,
  pendingMs = 3_600_000,
  isKept = () => false,
  signal,
}: SweepOptions): Promise<Swept> {
  const before = new Date(Date.now() - pendingMs + 1)
  const { kept, expired } = await sweepPending(records, before, isKept, signal)
  return { kept, expired, ...(await sweepDue(records, store, signal)) }
}

async function sweepPending(
  records: Records,
  before: Date,
  isKept: NonNullable<SweepOptions['isKept']>,
  signal: AbortSignal | undefined,
) {
  let [kept, expired] = [0, 0]
  for (;;) {
    const rows = await records.stale(before, batch)
    let changed = 0
    for (const row of rows) {
      if (signal?.aborted) return { kept, expired }
      if (await isKept(row)) {
        const confirmed = await records.confirm([row.id])
        kept += Number(confirmed)
        changed += Number(confirmed)
        if (confirmed) continue
      }
      const gone = await records.expire([row.id], before)
      expired += gone
      changed += gone
    }
    if (rows.length < batch || changed === 0) return { kept, expired }
  }
}

async function sweepDue(records: Records, store: Store, signal: AbortSignal | undefined) {
  const failed = new Map<string, string>()
  let deleted = 0
  for (;;) {
    const due = await records.due(new Date(), batch + failed.size)
    const rows = due.filter(({ id }) => !failed.has(id))
    for (const row of rows) {
      if (signal?.aborted) break
      try {
        await deleteFiles(row, { records, store })
        deleted++
      } catch (thrown) {
        failed.set(row.id, String(Object(thrown).detail ?? thrown))
      }
    }
    if (rows.length < batch || failed.size > mostFailures || signal?.aborted)
      return { deleted, failed: [...failed].map(([id, reason]) => ({ id, reason })) }
  }
}
