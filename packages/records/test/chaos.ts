import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Records, Store } from '@sluice/core'
import { fsStore } from '@sluice/stores/fs'
import { postgresRecords } from '../src/postgres.js'
import { sqliteRecords } from '../src/sqlite.js'
import type { startPostgres } from './postgres-server.js'
import { hear, type Told, whatIsWrong } from './told.js'

type Postgres = Awaited<ReturnType<typeof startPostgres>>

export interface Round {
  readonly database: 'sqlite' | 'postgres'
  /** Who was killed: the application, or Postgres under it, and the application a moment later. */
  readonly killed: 'application' | 'database'
  /** Uploads that were confirmed since the first round, and those of them that were removed again. */
  readonly confirmed: number
  readonly removed: number
  readonly problems: readonly string[]
}

/** Longest life of an application, in milliseconds; the shortest is none. */
const longestLifeMs = 400

/**
 * Rounds of one home: an application uploads, confirms, removes and sweeps until it, or its database, is killed at a
 * random instant; then rows and files are held against each other and against what clients were told, since the
 * first round.
 */
export async function* chaos(
  rounds: number,
  { home, child, postgres }: { readonly home: string; readonly child: string; readonly postgres?: Postgres },
): AsyncGenerator<Round> {
  mkdirSync(home, { recursive: true })
  const database = postgres === undefined ? 'sqlite' : 'postgres'
  const told: Told = new Map()
  for (let round = 0; round < rounds; round++) {
    const killed = postgres !== undefined && round % 2 === 1 ? 'database' : 'application'
    await live(told, { home, child, postgres, killed, early: round % 5 === 4 })
    if (killed === 'database') await postgres?.start()
    const { records, store, close } = await open(home, postgres)
    const problems = await whatIsWrong(records, store, told)
    await close()
    const removed = [...told.values()].filter(word => word === 'removed').length
    yield { database, killed, confirmed: told.size, removed, problems }
  }
}

interface Life {
  readonly home: string
  readonly child: string
  readonly postgres?: Postgres | undefined
  readonly killed: Round['killed']
  /** While it starts; else once it has told something. */
  readonly early: boolean
}

async function live(told: Told, { home, child, postgres, killed, early }: Life): Promise<void> {
  const env = { ...process.env, ...(postgres && { POSTGRES: postgres.home }) }
  const application = spawn(process.execPath, [child, 'loop', home], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  application.stdout.setEncoding('utf8').on('data', text => {
    output += text
  })
  const closed = once(application, 'close')
  if (!early) await Promise.race([once(application.stdout, 'data'), closed])
  await pause()
  if (killed === 'database') {
    await postgres?.kill()
    await pause()
  }
  application.kill('SIGKILL')
  const [code, signal] = await closed
  if (signal !== 'SIGKILL') throw new Error(`the application ended by itself, with ${code}`)
  hear(told, output)
}

/** What is random is the point: nothing is waited for. */
function pause(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, randomInt(longestLifeMs)))
}

async function open(home: string, postgres: Postgres | undefined) {
  const store: Store = fsStore(join(home, 'images'))
  const pool = postgres?.open()
  // What the application had sent when it was killed may still be carried out.
  while (pool && (await othersOf(pool)) > 0);
  const records: Records = pool ? postgresRecords(pool) : sqliteRecords(join(home, 'uploads.db'))
  async function close(): Promise<void> {
    await records.close()
    await pool?.end()
  }
  return { records, store, close }
}

async function othersOf(pool: ReturnType<Postgres['open']>): Promise<number> {
  const { rows } = await pool.query(`SELECT count(*) AS others FROM pg_stat_activity
    WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`)
  return Number(rows[0].others)
}
