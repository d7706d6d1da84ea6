import {
  checkHeld,
  type Held,
  type NewRecord,
  type RecordQuery,
  type Records,
  UploadError,
  type UploadRecord,
} from '@sluice/core'
import { beingRemoved } from './being-removed.js'

/** Records in the memory of this process, for tests: they end with it. */
export function memoryRecords(): Records {
  const rows = new Map<string, UploadRecord>()
  const held = (owner: string) => heldBy(owner, rows.values())

  function change(
    ids: readonly string[],
    fits: (row: UploadRecord) => boolean,
    to: (row: UploadRecord) => object,
  ) {
    const found = [...new Set(ids)].flatMap(id => rows.get(id) ?? []).filter(fits)
    for (const row of found) rows.set(row.id, { ...row, ...to(row) })
    return found.length
  }

  function mayBeConfirmed(row: UploadRecord): boolean {
    const others = [...rows.values()].filter(
      ({ id, job }) => job !== undefined && job === row.job && id !== row.id,
    )
    return row.state !== 'removed' && !others.some(({ state }) => state === 'confirmed')
  }

  function oldest(fits: (row: UploadRecord) => boolean, time: 'opened' | 'due', limit: number) {
    const found = [...rows.values()].filter(fits)
    return found.sort((one, other) => (one[time] ?? 0) - (other[time] ?? 0)).slice(0, limit)
  }

  return {
    async open(added, holding = {}) {
      const before = new Map(rows)
      try {
        for (const row of added) add(structuredClone(row), rows)
        for (const { owner } of added) checkHeld(held(owner), holding)
      } catch (thrown) {
        rows.clear()
        for (const [id, row] of before) rows.set(id, row)
        throw thrown
      }
    },
    async confirm(ids) {
      const known = ids.every(id => {
        const row = rows.get(id)
        return row && mayBeConfirmed(row)
      })
      const now = Date.now()
      const to = ({ confirmed = now }: UploadRecord) => ({ state: 'confirmed', confirmed })
      if (known) change(ids, () => true, to)
      return known
    },
    async remove(ids, due = new Date()) {
      const dueOf = (row: UploadRecord) => Math.min(due.getTime(), row.due ?? Number.POSITIVE_INFINITY)
      return change(
        ids,
        () => true,
        row => ({ state: 'removed', due: dueOf(row) }),
      )
    },
    async find(idsOrKeys) {
      const named = new Set(idsOrKeys)
      return [...rows.values()].filter(
        ({ id, files }) => named.has(id) || files.some(({ key }) => named.has(key)),
      )
    },
    async *list({ state, owner, after = '' }: RecordQuery = {}) {
      const fits = (row: UploadRecord) =>
        row.id > after && row.state === (state ?? row.state) && row.owner === (owner ?? row.owner)
      yield* [...rows.values()].filter(fits).sort((one, other) => (one.id < other.id ? -1 : 1))
    },
    held: async owner => held(owner),
    stale: async (before, limit) => oldest(row => isStale(row, before), 'opened', limit),
    due: async (now, limit) =>
      oldest(({ state, due = 0 }) => state === 'removed' && due <= now.getTime(), 'due', limit),
    async expire(ids, before) {
      return change(
        ids,
        row => isStale(row, before),
        () => ({ state: 'removed', due: Date.now() }),
      )
    },
    async forget(ids) {
      for (const id of ids) if (rows.get(id)?.state === 'removed') rows.delete(id)
    },
    async replace(id, by, due = new Date()) {
      const [kept, taken] = [rows.get(id), rows.get(by)]
      if (kept?.state !== 'confirmed' || taken?.state !== 'pending') return false
      rows.set(id, { ...kept, ...drawnOf(taken) })
      rows.set(by, { ...taken, ...drawnOf(kept), state: 'removed', due: due.getTime() })
      return true
    },
    async close() {},
  }
}

function add(row: NewRecord, rows: Map<string, UploadRecord>): void {
  const stands = rows.get(row.id)
  if (stands?.state === 'removed') throw beingRemoved(row.id)
  const keys = new Set(row.files.map(({ key }) => key))
  const other = [...rows.values()].find(
    ({ id, files }) => id !== row.id && files.some(({ key }) => keys.has(key)),
  )
  if (other) {
    const detail = `a key of upload ${row.id} belongs to upload ${other.id}`
    throw new UploadError('store-failed', {}, { stage: 'store', detail })
  }
  if (stands?.state !== 'confirmed')
    rows.set(row.id, { ...row, ...stands, state: 'pending', opened: Date.now() })
}

function heldBy(owner: string, rows: Iterable<UploadRecord>): Held {
  const held = [...rows].filter(row => row.owner === owner && row.state !== 'removed')
  const bytes = held.flatMap(({ files }) => files).reduce((sum, file) => sum + file.bytes, 0)
  return { bytes, files: held.length }
}

function isStale({ state, opened }: UploadRecord, before: Date): boolean {
  return state === 'pending' && opened < before.getTime()
}

function drawnOf({ files, policyVersion, codecVersion, notes }: UploadRecord) {
  return { files, policyVersion, codecVersion, notes }
}
