import { spawn, spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { cpSync, existsSync, linkSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fsStore } from '@sluice/stores/fs'
import { build } from 'esbuild'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { isWhole, makeCommit, names } from './commits.js'

let scratch = ''
let child = ''
let home = ''
let homes = 0
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'sluice-crash-'))
  child = join(scratch, 'child.mjs')
  await build({
    entryPoints: [fileURLToPath(new URL('crash-child.ts', import.meta.url))],
    outfile: child,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@sluice/source'],
  })
})
beforeEach(() => {
  home = join(scratch, `home-${homes++}`)
})
afterAll(() => rmSync(scratch, { recursive: true }))

const folder = () => join(home, 'uploads')
const linesOf = (output: string) =>
  output
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line))

function run(mode: string, at = 0, env = {}) {
  const { stdout, signal, status, stderr } = spawnSync(
    process.execPath,
    [child, mode, folder(), String(at)],
    {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    },
  )
  if (status !== 0 && signal !== 'SIGKILL') throw new Error(stderr)
  return { killed: signal === 'SIGKILL', accepted: linesOf(stdout) as string[][], stderr }
}

// Hundreds of processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 })

/** Opens the store as the next process would, and says what is in it: the number of commits. */
async function examine(accepted: readonly (readonly string[])[]): Promise<number> {
  const store = fsStore(folder())
  const stems = new Map<string, number>()
  for await (const { key } of store.list()) {
    expect(isWhole((await store.get(key)) ?? new Uint8Array()), `${key} is whole`).toBe(true)
    const stem = key.slice(0, 39)
    stems.set(stem, (stems.get(stem) ?? 0) + 1)
  }
  for (const [stem, count] of stems) expect(count, `${stem} has all its files`).toBe(names.length)
  for (const [key = ''] of accepted) expect(stems.has(key.slice(0, 39)), `${key} was accepted`).toBe(true)
  expect(readdirSync(join(home, '.uploads-incoming'))).toEqual([])
  const foreign = readdirSync(folder(), { recursive: true, encoding: 'utf8' }).filter(
    name => !/^\d{6}(?:\/[0-9a-f]{32}(?:-\w+)?\.webp)?$/.test(name),
  )
  expect(foreign).toEqual([])
  return stems.size
}

test('killed in front of every single operation, a commit is there as a whole or not at all', async () => {
  const seen = new Set<number>()
  let at = 1
  for (; ; at++) {
    home = join(scratch, `operation-${at}`)
    const { killed, accepted } = run('once', at)
    const commits = await examine(accepted)
    expect(accepted.length).toBeLessThanOrEqual(commits)
    seen.add(commits)
    if (!killed) break
  }
  // Three files, each opened, written, made public, synced, closed and linked, are 18 operations.
  expect(at).toBeGreaterThan(25)
  expect([...seen].sort()).toEqual([0, 1])
})

test('without hard links the store does what it promises, and says once how', () => {
  const env = { NO_LINKS: '1' }
  expect(run('check', 0, env).accepted).toEqual([[]])
  expect(run('check', 0, env).stderr).toMatch(/SLUICE_NO_HARD_LINKS.*has no hard links: files are renamed/)
})

test('without hard links, killed in front of every operation, a commit is there as a whole or not at all', async () => {
  const seen = new Set<number>()
  let at = 1
  for (let killed = true; killed; at++) {
    home = join(scratch, `renamed-${at}`)
    const ended = run('once', at, { NO_LINKS: '1' })
    seen.add(await examine(ended.accepted))
    killed = ended.killed
  }
  expect(at).toBeGreaterThan(35)
  expect([...seen].sort()).toEqual([0, 1])
})

test('killed in the middle of recovering, the next start goes on', async () => {
  const operations = run('trace').accepted.length
  home = join(scratch, 'half-linked')
  // From the end: close, sync, open, rename, then sync of the month's folder, then the links.
  let half = operations
  for (; half > 0; half--) {
    rmSync(home, { recursive: true, force: true })
    run('once', half)
    const months = readdirSync(folder())
    if (months.length === 1 && readdirSync(join(folder(), months[0] ?? '')).length === 2) break
  }
  expect(half).toBeGreaterThan(0)
  const before = home
  let at = 1
  for (let killed = true; killed; at++) {
    home = join(scratch, `recovery-${at}`)
    cpSync(before, home, { recursive: true })
    relink(home)
    killed = run('start', at).killed
    expect(await examine([])).toBe(0)
  }
  expect(at).toBeGreaterThan(5)
})

test('killed at forty random instants, nothing accepted is lost and nothing is half there', async () => {
  let accepted = 0
  for (let round = 0; round < 40; round++) {
    const kept = await killLoop(round % 2 ? 'spawn' : 'first commit', randomInt(0, 80))
    accepted += kept.length
    await examine(kept)
  }
  expect(accepted).toBeGreaterThanOrEqual(20)
})

test('everything is on the disk before it is public, and public for good before it is accepted', () => {
  const trace = run('trace').accepted as unknown as string[]
  const at = (pattern: RegExp) => trace.flatMap((line, index) => (pattern.test(line) ? [index] : []))
  const one = (pattern: RegExp) => {
    const found = at(pattern)
    expect(found, `${pattern}`).toHaveLength(1)
    return found[0] ?? -1
  }
  const links = at(/^link /)
  expect(links).toHaveLength(names.length)
  expect(at(/^sync \d{6}_/)).toHaveLength(names.length)
  for (const synced of at(/^sync \d{6}_/)) expect(synced).toBeLessThan(Math.min(...links))
  expect(one(/^sync \w{8}-\d+-\w{16}$/)).toBeLessThan(Math.min(...links))
  expect(one(/^sync uploads$/)).toBeLessThan(Math.min(...links))
  const rename = one(/^rename /)
  expect(one(/^sync \d{6}$/)).toBeGreaterThan(Math.max(...links))
  expect(one(/^sync \d{6}$/)).toBeLessThan(rename)
  const [prepared = -1, accepted = -1] = at(/^sync \.uploads-incoming$/)
  expect(prepared).toBeLessThan(Math.min(...links))
  expect(accepted).toBeGreaterThan(rename)
})

test('the check of wholeness finds a file that is cut off', () => {
  const [file] = makeCommit()
  expect(file && isWhole(file.bytes)).toBe(true)
  expect(file && isWhole(file.bytes.subarray(0, -1))).toBe(false)
})

/** A copied folder has lost its hard links, by which recovery knows its own files: they are made again. */
function relink(copy: string) {
  const [name = ''] = readdirSync(join(copy, '.uploads-incoming'))
  for (const staged of readdirSync(join(copy, '.uploads-incoming', name))) {
    const path = join(copy, 'uploads', staged.replace('_', '/'))
    if (!existsSync(path)) continue
    rmSync(path)
    linkSync(join(copy, '.uploads-incoming', name, staged), path)
  }
}

/** A slow machine must not make this kill processes that have only just begun. */
function killLoop(after: 'spawn' | 'first commit', delayMs: number): Promise<string[][]> {
  return new Promise((resolve, reject) => {
    const committer = spawn(process.execPath, [child, 'loop', folder()], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const killLater = () => setTimeout(() => committer.kill('SIGKILL'), delayMs)
    let output = ''
    committer.stdout.setEncoding('utf8').on('data', text => {
      output += text
    })
    if (after === 'spawn') committer.once('spawn', killLater)
    else committer.stdout.once('data', killLater)
    committer.on('close', (_, signal) =>
      signal === 'SIGKILL' ? resolve(linesOf(output)) : reject(new Error('the child ended by itself')),
    )
  })
}
