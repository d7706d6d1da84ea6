import {
  checkHeld,
  type Holding,
  type NewRecord,
  type RecordQuery,
  type Records,
  UploadError,
} from '@sluice/core'
import { beingRemoved } from '../being-removed.js'
import type { Database, Query, Row, Value } from './database.js'
import { fileColumns, fileValues, uploadColumns, uploadOf, uploadValues } from './rows.js'

/** Rows that one statement reads. */
const pageSize = 200

/** Takes a transaction back whose statement did not find what it expects. */
class NotAsExpected extends Error {}

/** Records in a database that speaks SQL. Each change is one statement that says what it expects of the row. */
export function sqlRecords(database: Database): Records {
  const { query } = database

  return {
    async open(rows, holding = {}) {
      await database.transaction(async query => {
        const owners = [...new Set(rows.map(({ owner }) => owner))].sort()
        if (isLimited(holding)) for (const owner of owners) await database.lockOwner(query, owner)
        for (const row of rows) await insert(query, row)
        if (isLimited(holding)) for (const owner of owners) checkHeld(await held(query, owner), holding)
      })
    },
    async confirm(ids, tx) {
      if (tx !== undefined) return await confirmAll(database.within(tx), ids)
      return await expecting(database, async query => {
        if (!(await confirmAll(query, ids))) throw new NotAsExpected()
      })
    },
    async remove(ids, due = new Date()) {
      const sql = `UPDATE sluice_uploads SET state = 'removed',
        due = CASE WHEN state = 'removed' AND due < $1 THEN due ELSE $1 END
        WHERE id IN (${list(ids, 2)}) RETURNING id`
      return ids.length === 0 ? 0 : (await query(sql, [due.getTime(), ...ids])).length
    },
    async find(idsOrKeys) {
      if (idsOrKeys.length === 0) return []
      const named = list(idsOrKeys, 1)
      const where = `id IN (${named}) OR id IN (SELECT upload FROM sluice_files WHERE key IN (${named}))`
      return await withFiles(query, await query(`SELECT * FROM sluice_uploads WHERE ${where}`, idsOrKeys))
    },
    async *list(asked = {}) {
      let after = asked.after ?? ''
      for (;;) {
        const page = await readPage(query, { ...asked, after })
        yield* page
        if (page.length < pageSize) return
        after = page.at(-1)?.id ?? after
      }
    },
    held: owner => held(query, owner),
    async stale(before, limit) {
      const sql = `SELECT * FROM sluice_uploads WHERE state = 'pending' AND opened < $1 ORDER BY opened LIMIT $2`
      return await withFiles(query, await query(sql, [before.getTime(), limit]))
    },
    async due(now, limit) {
      const sql = `SELECT * FROM sluice_uploads WHERE state = 'removed' AND due <= $1 ORDER BY due LIMIT $2`
      return await withFiles(query, await query(sql, [now.getTime(), limit]))
    },
    async expire(ids, before) {
      const sql = `UPDATE sluice_uploads SET state = 'removed', due = $1
        WHERE state = 'pending' AND opened < $2 AND id IN (${list(ids, 3)}) RETURNING id`
      return ids.length === 0 ? 0 : (await query(sql, [Date.now(), before.getTime(), ...ids])).length
    },
    async forget(ids) {
      if (ids.length === 0) return
      const removed = `state = 'removed' AND id IN (${list(ids, 1)})`
      await database.transaction(async query => {
        await query(
          `DELETE FROM sluice_files WHERE upload IN (SELECT id FROM sluice_uploads WHERE ${removed})`,
          ids,
        )
        await query(`DELETE FROM sluice_uploads WHERE ${removed}`, ids)
      })
    },
    replace: (id, by, due = new Date()) => expecting(database, query => exchange(query, id, by, due)),
    close: () => database.close(),
  }
}

function isLimited({ maxHeldBytes, maxHeldFiles }: Holding): boolean {
  return maxHeldBytes !== undefined || maxHeldFiles !== undefined
}

/** `$3, $4, $5` for three values that begin with the third. */
function list(values: readonly unknown[], first: number): string {
  return values.map((_, index) => `$${index + first}`).join(', ')
}

async function expecting(database: Database, work: (query: Query) => Promise<void>): Promise<boolean> {
  try {
    await database.transaction(work)
    return true
  } catch (thrown) {
    // Two uploads of a job at once: the index lets one of them in (Postgres: unique_violation).
    if (thrown instanceof NotAsExpected || Object(thrown).code === '23505') return false
    throw thrown
  }
}

async function insert(query: Query, row: NewRecord): Promise<void> {
  const values = uploadValues(row, Date.now())
  const [stands] = await query(
    `INSERT INTO sluice_uploads (${uploadColumns}) VALUES (${list(values, 1)}) ON CONFLICT (id) DO UPDATE
      SET opened = CASE WHEN sluice_uploads.state = 'pending' THEN excluded.opened ELSE sluice_uploads.opened END
      RETURNING state`,
    values,
  )
  if (stands?.state === 'removed') throw beingRemoved(row.id)
  for (const [place, file] of row.files.entries()) {
    const values = fileValues(row.id, place, file)
    // The row of a key that is there already is given back as it is.
    const [owned] = await query(
      `INSERT INTO sluice_files (${fileColumns}) VALUES (${list(values, 1)})
        ON CONFLICT (key) DO UPDATE SET upload = sluice_files.upload RETURNING upload`,
      values,
    )
    if (owned?.upload === row.id) continue
    const detail = `${file.key} belongs to upload ${owned?.upload}`
    throw new UploadError('store-failed', {}, { stage: 'store', detail })
  }
}

async function confirmAll(query: Query, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return true
  const confirmed = await query(
    `UPDATE sluice_uploads SET state = 'confirmed', confirmed = COALESCE(confirmed, $1)
      WHERE id IN (${list(ids, 2)}) AND state IN ('pending', 'confirmed')
      AND NOT EXISTS (SELECT 1 FROM sluice_uploads AS other WHERE other.job = sluice_uploads.job
        AND other.id <> sluice_uploads.id AND other.state = 'confirmed')
      RETURNING id`,
    [Date.now(), ...ids],
  )
  return confirmed.length === new Set(ids).size
}

async function held(query: Query, owner: string) {
  const [sum] = await query(
    `SELECT COALESCE(SUM(bytes), 0) AS bytes, COUNT(*) AS files FROM sluice_uploads
      WHERE owner = $1 AND state IN ('pending', 'confirmed')`,
    [owner],
  )
  return { bytes: Number(sum?.bytes), files: Number(sum?.files) }
}

async function readPage(query: Query, { state, owner, after = '' }: RecordQuery) {
  const values: Value[] = [after, pageSize]
  const conditions = Object.entries({ state, owner }).flatMap(([column, value]) =>
    value === undefined ? [] : [`${column} = $${values.push(value)}`],
  )
  const where = ['id > $1', ...conditions].join(' AND ')
  const sql = `SELECT * FROM sluice_uploads WHERE ${where} ORDER BY id LIMIT $2`
  return await withFiles(query, await query(sql, values))
}

async function withFiles(query: Query, uploads: readonly Row[]) {
  if (uploads.length === 0) return []
  const ids = uploads.map(({ id }) => String(id))
  const files = await query(
    `SELECT * FROM sluice_files WHERE upload IN (${list(ids, 1)}) ORDER BY upload, place`,
    ids,
  )
  const byUpload = new Map<unknown, Row[]>(ids.map(id => [id, []]))
  for (const file of files) byUpload.get(file.upload)?.push(file)
  return uploads.map(upload => uploadOf(upload, byUpload.get(upload.id) ?? []))
}

/** The first statement of each row locks it, and finds out whether it is as expected. */
async function exchange(query: Query, id: string, by: string, due: Date): Promise<void> {
  const [taken] = await query(
    `UPDATE sluice_uploads SET state = 'removed', due = $2 WHERE id = $1 AND state = 'pending' RETURNING *`,
    [by, due.getTime()],
  )
  const [kept] = await query(
    `UPDATE sluice_uploads SET state = 'confirmed' WHERE id = $1 AND state = 'confirmed' RETURNING *`,
    [id],
  )
  if (taken === undefined || kept === undefined) throw new NotAsExpected()
  await query(
    'UPDATE sluice_files SET upload = CASE WHEN upload = $1 THEN $2 ELSE $1 END WHERE upload IN ($1, $2)',
    [id, by],
  )
  for (const [to, { bytes, policy_version, codec_version, notes }] of [
    [id, taken],
    [by, kept],
  ] as const)
    await query(
      'UPDATE sluice_uploads SET bytes = $2, policy_version = $3, codec_version = $4, notes = $5 WHERE id = $1',
      [to, Number(bytes), String(policy_version), String(codec_version), String(notes)],
    )
}
