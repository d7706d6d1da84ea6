import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { postgresRecords } from '../src/postgres.js'
import { checkRecords, exampleRecord } from '../src/testing.js'
import { pglitePool } from './pglite-pool.js'
import { transactionOf } from './transaction.js'

let pool: ReturnType<typeof pglitePool>
beforeAll(() => {
  pool = pglitePool()
})
afterAll(() => pool.end())

test('records in Postgres do what records promise', async () => {
  expect(await checkRecords(postgresRecords(pool), { transaction: transactionOf(pool) })).toEqual([])
})

test('a transaction that is none is named', async () => {
  const records = postgresRecords(pool)
  const row = exampleRecord()
  await records.open([row])
  for (const tx of [null, {}, 'tx'])
    await expect(records.confirm([row.id], tx)).rejects.toThrow(/a client with query\(\)/)
})

test('a pool is listened to once, however many records are made of it', () => {
  const listenedTo = { ...pool, on: vi.fn() }
  for (let times = 0; times < 3; times++) postgresRecords(listenedTo)
  expect(listenedTo.on).toHaveBeenCalledTimes(1)
})
