import { PGlite } from '@electric-sql/pglite'
import type { UploadResult } from '@sluice/core'
import { bossOptions, enqueue } from '@sluice/jobs/pg-boss'
import { finish, resultOf, resultsSchema } from '@sluice/jobs/sql'
import { checkQueue } from '@sluice/jobs/testing'
import { fromPglite, PgBoss } from 'pg-boss'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bossUnderTest } from './boss.js'
import { movesOnce } from './moves-once.js'

let db: PGlite
let boss: PgBoss
beforeAll(async () => {
  db = new PGlite()
  boss = new PgBoss({ db: fromPglite(db), backend: 'pglite' })
  boss.on('error', error => console.error(error))
  await boss.start()
  await db.exec(resultsSchema)
  // WebAssembly of 20 MB starts slowly where others work too.
}, 120_000)
afterAll(async () => {
  await boss.stop({ graceful: false })
  await db.close()
})

test('pg-boss on PGlite carries uploads', async () => {
  expect(await checkQueue(await bossUnderTest(boss, 'exam'))).toEqual([])
})

test('pg-boss on PGlite carries import, rerender and copy, each exactly once', async () => {
  await movesOnce(await bossUnderTest(boss, 'moves'))
})

test("a job is there if and only if the application's transaction was committed", async () => {
  await boss.createQueue('uploads')
  const job = (letter: string) => ({ id: letter.repeat(32) })
  const rolledBack = db.transaction(async tx => {
    await enqueue(boss, 'uploads', job('a'), tx)
    throw new Error('no')
  })
  await expect(rolledBack).rejects.toThrow('no')
  await db.transaction(async tx => {
    await enqueue(boss, 'uploads', job('b'), tx)
    await enqueue(boss, 'uploads', job('b'), tx)
  })
  expect(await boss.getJobById('uploads', bossOptions(job('a')).id ?? '')).toBeNull()
  const [found, ...others] = await boss.fetch('uploads', { batchSize: 10 })
  expect(found?.data).toEqual(job('b'))
  expect(others).toEqual([])
})

test('a result is written once, whatever ran twice', async () => {
  const refused = { code: 'corrupt', status: 422, message: 'no', params: {} } as const
  const result: UploadResult = { id: 'x', refused }
  expect(await resultOf(db, 'x')).toBeUndefined()
  expect(await db.transaction(tx => finish(tx, result))).toBe(true)
  expect(
    await db.transaction(tx => finish(tx, { ...result, refused: { ...refused, code: 'truncated' } })),
  ).toBe(false)
  expect(await resultOf(db, 'x')).toEqual(result)
  const rolledBack = db.transaction(async tx => {
    await finish(tx, { ...result, id: 'y' })
    throw new Error('no')
  })
  await expect(rolledBack).rejects.toThrow('no')
  expect(await db.transaction(tx => finish(tx, { ...result, id: 'y' }))).toBe(true)
})

test('an id that is none of ours leaves the name of the job to pg-boss', () => {
  expect(bossOptions({ id: 'order-7' })).toEqual({})
  expect(bossOptions({ id: '0123456789abcdef0123456789abcdef' })).toEqual({
    id: '01234567-89ab-cdef-0123-456789abcdef',
  })
})
