import { afterAll, beforeAll, expect, test } from 'vitest'
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
