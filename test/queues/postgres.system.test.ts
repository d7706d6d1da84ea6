import { checkQueue } from '@sluice/jobs/testing'
import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres } from '../../packages/records/test/postgres-server.js'
import { bossUnderTest } from './boss.js'
import { movesOnce } from './moves-once.js'

let postgres: Awaited<ReturnType<typeof startPostgres>>
beforeAll(async () => {
  postgres = await startPostgres()
}, 120_000)
afterAll(() => postgres?.stop())

test('pg-boss on Postgres carries uploads, and import, rerender and copy, each exactly once', async () => {
  const boss = new PgBoss({ host: postgres.home, user: 'sluice', database: 'postgres' })
  boss.on('error', error => console.error(error))
  await boss.start()
  expect(await checkQueue(await bossUnderTest(boss, 'exam'))).toEqual([])
  await movesOnce(await bossUnderTest(boss, 'moves'))
  await boss.stop({ graceful: false })
})
