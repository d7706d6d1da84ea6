import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresRecords, recordsSchema } from '../src/postgres.js'
import { checkRecords, exampleRecord } from '../src/testing.js'
import { startPostgres } from './postgres-server.js'
import { transactionOf } from './transaction.js'

let postgres: Awaited<ReturnType<typeof startPostgres>>
beforeAll(async () => {
  postgres = await startPostgres()
}, 120_000)
afterAll(() => postgres?.stop())

test('records in a real Postgres do what records promise', async () => {
  const pool = postgres.open()
  expect(await checkRecords(postgresRecords(pool), { transaction: transactionOf(pool) })).toEqual([])
  await pool.end()
})

test('many processes may make the tables at once', async () => {
  const pool = postgres.open({ max: 20 })
  await pool.query('DROP TABLE IF EXISTS sluice_files; DROP TABLE IF EXISTS sluice_uploads')
  await Promise.all(Array.from({ length: 20 }, () => postgresRecords(pool).held('')))
  await pool.end()
})

test('a role that may not make tables uses those that a migration has made', async () => {
  const pool = postgres.open()
  for (const statement of recordsSchema) await pool.query(statement)
  await pool.query(`CREATE ROLE app LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC, app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON sluice_uploads, sluice_files TO app`)
  const theirs = postgres.open({ user: 'app' })
  expect(await checkRecords(postgresRecords(theirs), { transaction: transactionOf(theirs) })).toEqual([])
  await Promise.all([theirs.end(), pool.end()])
})

test('of forty at once, where three may be held, three are let in', async () => {
  const pool = postgres.open({ max: 40 })
  const records = postgresRecords(pool)
  const work = Array.from({ length: 40 }, () =>
    records.open([{ ...exampleRecord(), owner: 'bob' }], { maxHeldFiles: 3 }).then(
      () => 'in',
      ({ code }) => code,
    ),
  )
  const told = await Promise.all(work)
  expect(told.filter(code => code === 'in')).toHaveLength(3)
  expect(new Set(told)).toEqual(new Set(['in', 'too-many-stored']))
  expect((await records.held('bob')).files).toBe(3)
  await pool.end()
})

test('a confirmation in a transaction that is still open holds a sweep off', async () => {
  const pool = postgres.open()
  const records = postgresRecords(pool)
  const row = exampleRecord()
  await records.open([row])
  let swept: Promise<number> | undefined
  await transactionOf(pool)(async tx => {
    expect(await records.confirm([row.id], tx)).toBe(true)
    swept = records.expire([row.id], new Date(Date.now() + 60_000))
    // Until the sweep waits for the row, which only the database can tell.
    for (let waits = 0; waits === 0; ) {
      const { rows } = await pool.query(`SELECT count(*) AS n FROM pg_locks WHERE NOT granted`)
      waits = Number(rows[0].n)
    }
  })
  expect(await swept).toBe(0)
  expect((await records.find([row.id]))[0]?.state).toBe('confirmed')
  await pool.end()
})
