import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultRenderer } from '@sluice/codecs'
import { definePolicy, sanitize } from '@sluice/core'
import { postgresRecords } from '@sluice/records/postgres'
import { fsStore } from '@sluice/stores/fs'
import { makePng } from '@sluice/testkit/images/png'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startPostgres } from '../../../records/test/postgres-server.js'
import { bundleCli } from '../bundle.js'
import { runCli } from '../run-cli.js'

let home = ''
let program = ''
let postgres: Awaited<ReturnType<typeof startPostgres>>
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'sluice-load-'))
  program = await bundleCli()
  postgres = await startPostgres()
}, 120_000)
afterEach(async () => {
  await postgres?.stop()
  rmSync(home, { recursive: true, force: true })
}, 120_000)

const uploads = () => join(home, 'uploads')

/** Uploads with rows, three at a time, until it is stopped. */
function application() {
  const pool = postgres.open()
  const records = postgresRecords(pool)
  const kit = {
    policy: definePolicy(),
    renderer: defaultRenderer(),
    store: fsStore(uploads()),
    recording: { records, owner: 'ann', role: 'author' },
  }
  let [begun, done, stopped, heard] = [0, 0, false, () => {}]
  async function upload() {
    while (!stopped) {
      begun++
      await sanitize({ body: makePng(8 + (begun % 24), 8, begun) }, kit)
      done++
      heard()
    }
  }
  const running = [upload(), upload(), upload()]
  return {
    done: () => done,
    async more(uploads: number) {
      for (const end = done + uploads; done < end; )
        await new Promise<void>(resolve => {
          heard = resolve
        })
    },
    query: (sql: string) => pool.query(sql),
    async stop() {
      stopped = true
      await Promise.all(running)
      await pool.end()
    },
  }
}

test.each([
  ['a folder', (repository: string) => ({ backup: ['--to', repository], from: [repository] })],
  ['restic', (repository: string) => ({ backup: ['--restic', repository], from: ['--restic', repository] })],
] as const)(
  '%s: backups while uploads come in, full and incremental, restored elsewhere with the database',
  async (_name, engine) => {
    const { backup, from } = engine(join(home, 'repository'))
    const env = { RESTIC_PASSWORD: 'secret' }
    if (backup[0] === '--restic')
      execFileSync('restic', ['--repo', join(home, 'repository'), 'init'], {
        stdio: 'ignore',
        env: { ...process.env, ...env },
      })
    const sluice = (...args: string[]) => runCli(program, args, { env })
    const app = application()
    try {
      for (let round = 1; round <= 3; round++) {
        await app.more(12)
        const before = app.done()
        const dump = `pg_dump -h '${postgres.home}' -U sluice postgres`
        expect(await sluice('backup', uploads(), ...backup, '--database', dump)).toMatchObject({ code: 0 })
        expect(await sluice('verify', ...from)).toMatchObject({ code: 0 })
        expect(app.done(), 'uploads meanwhile').toBeGreaterThan(before)

        const [trial, restored] = [`trial${round}`, join(home, `restored-${round}`)]
        await app.query(`CREATE DATABASE ${trial}`)
        const load = `psql -q -v ON_ERROR_STOP=1 -h '${postgres.home}' -U sluice ${trial}`
        expect(await sluice('restore', ...from, '--to', restored, '--database', load)).toMatchObject({
          code: 0,
        })
        const records = `postgres://sluice@localhost/${trial}?host=${postgres.home}`
        const audited = await sluice('audit', restored, '--records', records, '--allow', 'unrecorded')
        expect([audited.code, audited.printed]).toEqual([0, expect.stringContaining('0 findings')])
        const pool = postgres.open({ database: trial })
        const { rows } = await pool.query(
          "SELECT count(*) AS uploads FROM sluice_uploads WHERE state = 'confirmed'",
        )
        await pool.end()
        expect(Number(rows[0].uploads)).toBeGreaterThanOrEqual(before)
      }
    } finally {
      await app.stop()
    }
  },
)
