/*
 * An application that stores images with records, and is killed: life-child <mode> <home> [at]
 * `once` goes through the life of three uploads, and kills itself in front of its at-th step; `loop` does so at random,
 * several at a time, until it is killed. The records are in SQLite, or in the Postgres whose folder is
 * POSTGRES. It prints what it has told its clients, a line of JSON each.
 */
import { randomInt } from 'node:crypto'
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { definePolicy, type Records, type Store, type Stored, sanitize } from '@sluice/core'
import { fsStore } from '@sluice/stores/fs'
import pg from 'pg'
import { pngImage } from '../../adapters/test/images.js'
import { toyRenderer as renderer } from '../../adapters/test/toy-renderer.js'
import { removeUpload, sweep } from '../src/index.js'
import { postgresRecords } from '../src/postgres.js'
import { sqliteRecords } from '../src/sqlite.js'

const [mode = '', home = '', at = '0'] = process.argv.slice(2)
const print = (value: object) => writeSync(1, `${JSON.stringify(value)}\n`)
const host = process.env.POSTGRES

let steps = 0
function step(): void {
  steps++
  if (steps === Number(at)) process.kill(process.pid, 'SIGKILL')
}

/** Each call is a step: what is behind one is in front of the next. */
function watched<Target extends object>(target: Target): Target {
  return new Proxy(target, {
    get(of, name) {
      const method = Reflect.get(of, name)
      if (typeof method !== 'function' || name === 'list') return method
      return (...given: unknown[]) => {
        step()
        return Reflect.apply(method, of, given)
      }
    },
  })
}

/** Connections of a Postgres that was killed end with an error, which is nobody's but the pool's. */
function openPool(): pg.Pool {
  return new pg.Pool({ host, user: 'sluice', database: 'postgres' }).on('error', () => {})
}

const records: Records = watched(
  host === undefined ? sqliteRecords(join(home, 'uploads.db')) : postgresRecords(openPool()),
)
const store: Store = watched(fsStore(join(home, 'images')))
const policy = definePolicy({ variants: { thumb: { maxWidth: 4, maxHeight: 4 } } })
const body = pngImage()

async function upload(accept = true): Promise<Stored> {
  const stored = await sanitize(
    { body },
    {
      policy,
      renderer,
      store,
      recording: { records, owner: 'ann', role: 'author', holding: { maxHeldFiles: 1000 } },
      onStored() {
        step()
        if (!accept) throw new Error('the application says no')
      },
    },
  )
  print({ told: 'kept', keys: [stored.key, ...Object.values(stored.variants).map(({ key }) => key)] })
  return stored
}

async function remove({ key }: Stored, afterMs = 0): Promise<void> {
  print({ told: 'removing', keys: [key] })
  await removeUpload(key, { records, store, afterMs })
  print({ told: 'removed', keys: [key] })
}

async function once(): Promise<void> {
  const [first, second] = [await upload(), await upload()]
  await upload(false).catch(() => {})
  await remove(first)
  await remove(second, 1)
  await sweep({ records, store })
}

async function atRandom(mine: Stored[]): Promise<void> {
  const dice = randomInt(100)
  const [victim] = dice >= 70 && mine.length > 0 ? mine.splice(randomInt(mine.length), 1) : []
  if (dice < 55) mine.push(await upload())
  else if (dice < 65) await upload(false).catch(() => {})
  else if (dice < 70) await sweep({ records, store })
  else if (victim) await remove(victim, dice < 85 ? 0 : randomInt(50))
}

async function forEver(): Promise<never> {
  const mine: Stored[] = []
  for (;;)
    try {
      await atRandom(mine)
    } catch (thrown) {
      // The database is down, or has just come up.
      if (host === undefined) throw thrown
      await new Promise(resolve => setTimeout(resolve, 20))
    }
}

if (mode === 'once') {
  await once()
  await records.close()
  print({ told: 'done', keys: [] })
} else await Promise.all([forEver(), forEver(), forEver()])
