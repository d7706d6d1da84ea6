import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keyGrammar } from '@sluice/core'
import { sweep } from '@sluice/records'
import { sqliteRecords } from '@sluice/records/sqlite'
import { fsStore } from '@sluice/stores/fs'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { credentials, startFakeS3 } from '../../stores/test/fake-s3.js'
import { bundleCli } from './bundle.js'
import { capture } from './capture.js'
import { fixtures, keyOf, put, tinyGif } from './library.js'

let scratch = ''
let home = ''
let program = ''
const legacy = () => join(scratch, 'legacy')
const accepted = [
  'a/one-pixel.png',
  'a/lossless.webp',
  'animated.gif',
  'b.c/grey.png',
  'grey-1-bit.png',
  'palette.png',
]
const refused = ['bad/cut.jpg', 'bad/document.jpg', 'bad/photo.jpg.php', 'bad/empty.png']
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'sluice-moving-'))
  const sources = [
    ['a/one-pixel.png', 'odd/one-pixel.png'],
    ['a/lossless.webp', 'webp/lossless-alpha.webp'],
    ['animated.gif', 'gif/animated.gif'],
    ['b.c/grey.png', 'png/grey-alpha.png'],
    ['grey-1-bit.png', 'png/grey-1-bit.png'],
    ['palette.png', 'png/palette.png'],
    ['bad/cut.jpg', 'bad/cut.jpg'],
    ['bad/document.jpg', 'bad/document.jpg'],
    ['bad/photo.jpg.php', 'bad/photo.jpg.php'],
  ] as const
  for (const [name, fixture] of sources) put(legacy(), name, readFileSync(fixtures + fixture))
  put(legacy(), 'bad/empty.png', '')
  put(legacy(), '.hidden', 'x')
  writeFileSync(join(scratch, 'policy.json'), '{"variants": {"thumb": {"maxWidth": 40, "maxHeight": 40}}}')
  program = await bundleCli()
})
afterAll(() => rmSync(scratch, { recursive: true }))
beforeEach(() => {
  home = mkdtempSync(join(scratch, 'home-'))
})
afterEach(() => rmSync(home, { recursive: true }))

const out = () => join(home, 'out')
const map = () => join(home, 'map.jsonl')
const database = () => join(home, 'records.db')
const policy = () => ['--policy', join(scratch, 'policy.json')]
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
const keysIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => keyGrammar.test(name))
    .sort()
const contentOf = (folder: string) =>
  Object.fromEntries(keysIn(folder).map(key => [key, hash(readFileSync(join(folder, key)))]))

/** Runs it again and again, each time killed a little later in it, until it comes to an end. */
function killedAndRun(args: readonly string[], kill: string) {
  for (let kills = 0; ; kills++) {
    const env = { ...process.env, SLUICE_TEST_KILL: kill }
    const { status, signal, stderr } = spawnSync(process.execPath, [program, ...args], {
      env,
      encoding: 'utf8',
    })
    if (signal !== 'SIGKILL') return { kills, status, stderr }
    expect(kills).toBeLessThan(100)
  }
}

/** Each of the old files is in the map once, and the store has what the map says, and nothing else. */
function checkImport() {
  const lines = linesOf(map())
  expect(lines.map(({ old }) => old)).toEqual([...accepted, ...refused].sort())
  const stored = lines.filter(({ key }) => key !== undefined)
  expect(stored.map(({ old }) => old)).toEqual([...accepted].sort())
  expect(stored.flatMap(({ key, variants }) => [key, variants.thumb]).sort()).toEqual(keysIn(out()))
  for (const { key, sha256, bytes } of stored) {
    const content = readFileSync(join(out(), key))
    expect([hash(content), content.length]).toEqual([sha256, bytes])
  }
  for (const { code, message } of lines.filter(({ key }) => key === undefined))
    expect([code, message]).toEqual([expect.stringMatching(/^[a-z-]+$/), expect.stringMatching(/\.$/)])
}

test('an old folder is brought in, with a list of old and new names; it stays as it is', async () => {
  const before = JSON.stringify(
    readdirSync(legacy(), { recursive: true }).map(name => statSync(join(legacy(), `${name}`)).mtimeMs),
  )
  const args = ['import', legacy(), '--to', out(), ...policy()]
  const dry = await capture([...args, '--dry-run', '--json'])
  expect([dry.exitCode, JSON.parse(dry.stdout)]).toEqual([
    1,
    {
      stored: 6,
      refused: 4,
      codes: expect.objectContaining({ truncated: 1, 'format-not-allowed': 1, 'extension-not-allowed': 1 }),
      complete: true,
      dryRun: true,
    },
  ])
  expect(readdirSync(home)).toEqual([])
  const { exitCode, stdout } = await capture([...args, '--map', map()])
  expect([exitCode, stdout]).toEqual([1, expect.stringMatching(/^6 files stored, 4 refused: /)])
  checkImport()
  expect(
    JSON.stringify(
      readdirSync(legacy(), { recursive: true }).map(name => statSync(join(legacy(), `${name}`)).mtimeMs),
    ),
  ).toBe(before)
  expect((await capture(['audit', out(), ...policy()])).exitCode).toBe(0)
  expect(readdirSync(home).filter(name => name.includes('progress'))).toEqual(['map.jsonl.progress'])
  // Killed after its last act, it is run again with the same words.
  const again = await capture([...args, '--map', map()])
  expect([again.exitCode, again.stderr]).toEqual([
    2,
    expect.stringContaining('belongs to a run that has finished'),
  ])
  checkImport()
})

test.each(['link 3', 'link 4', 'rename 3', 'open 20'])(
  'an import that is killed at %s stores everything once',
  kill => {
    const args = ['import', legacy(), '--to', out(), '--map', map(), ...policy()]
    const { kills, status, stderr } = killedAndRun(args, kill)
    expect([status, stderr]).toEqual([1, ''])
    expect(kills).toBeGreaterThan(0)
    checkImport()
  },
)

test('with records each import has its row, killed in the middle too', async () => {
  const args = [
    'import',
    legacy(),
    '--to',
    out(),
    '--map',
    map(),
    '--records',
    database(),
    '--owner',
    'ann',
    ...policy(),
  ]
  expect(killedAndRun(args, 'link 3').kills).toBeGreaterThan(0)
  checkImport()
  const records = sqliteRecords(database())
  await sweep({ records, store: fsStore(out()), pendingMs: 0 })
  const rows = []
  for await (const row of records.list()) rows.push(row)
  await records.close()
  expect(rows.map(({ state, owner, role }) => [state, owner, role])).toEqual(
    accepted.map(() => ['confirmed', 'ann', 'import']),
  )
  const audited = await capture(['audit', out(), '--records', database(), ...policy()])
  expect([audited.exitCode, audited.stdout]).toEqual([0, expect.stringContaining('0 findings')])
})

/** Ten uploads of two files. */
function fill(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  for (let number = 0; number < 10; number++) {
    put(folder, keyOf('202511', number), tinyGif(number))
    put(folder, keyOf('202511', number, '-thumb.gif'), tinyGif(100 + number))
  }
}

test('a folder goes to a bucket and back, killed in the middle, each file once and the same', async () => {
  const s3 = await startFakeS3()
  try {
    s3.control.pageSize = 6
    fill(out())
    put(out(), '202511/shell.php', '<?php')
    const { accessKeyId, secretAccessKey, region } = credentials
    const env = {
      ...process.env,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: region,
      AWS_ENDPOINT_URL: s3.url.replace(/\/bucket$/, ''),
    }
    /** Killed at its n-th request of a kind, each time a little later. */
    const copy = async (from: string, to: string, method: string, at: number) => {
      for (let kills = 0; ; kills++) {
        const args = [program, 'copy', from, to, '--jobs', '2', '--progress', join(home, 'progress')]
        const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
        let requests = 0
        s3.control.fault = line => {
          if (!line.startsWith(method)) return undefined
          requests++
          const isLast = requests === at + 3 * kills
          if (isLast) child.kill('SIGKILL')
          // A request whose process is gone may arrive, or not.
          return isLast && kills % 2 === 1 ? 'cut' : undefined
        }
        const [code, signal] = await once(child, 'close')
        if (signal !== 'SIGKILL') return { code, kills }
      }
    }
    const there = await copy(out(), 's3://bucket/public', 'PUT', 7)
    expect([there.code, there.kills > 1]).toEqual([0, true])
    const objects = [...s3.objects].map(([key, { bytes }]) => [key.replace('public/', ''), hash(bytes)])
    expect(Object.fromEntries(objects)).toEqual(contentOf(out()))
    expect(s3.objects.size).toBe(20)
    const puts = s3.requests.filter(line => line.startsWith('PUT')).length
    const back = join(home, 'back')
    const again = await copy('s3://bucket/public', back, 'GET', 11)
    expect([again.code, again.kills > 0]).toEqual([0, true])
    expect(contentOf(back)).toEqual(contentOf(out()))
    expect(s3.requests.filter(line => line.startsWith('PUT'))).toHaveLength(puts)
  } finally {
    await s3.stop()
  }
})

test('a copy that meets other bytes, or finds all done, says so', async () => {
  fill(out())
  const to = join(home, 'to')
  const args = ['copy', out(), to, '--progress', join(home, 'progress')]
  expect((await capture(args)).stdout).toMatch(/^20 files copied, 0 files already there, /)
  expect((await capture(args)).stdout).toMatch(/^0 files copied, 20 files already there, /)
  const key = keyOf('202511', 3)
  expect(statSync(join(to, key)).mtimeMs).toBe(statSync(join(out(), key)).mtimeMs)
  put(to, key, tinyGif(77))
  const { exitCode, stderr } = await capture(args)
  expect([exitCode, stderr]).toEqual([
    1,
    expect.stringMatching(/not everything was copied: .* has other bytes under/),
  ])
})

async function imported(...more: string[]) {
  expect((await capture(['import', legacy(), '--to', out(), '--map', map(), ...more])).exitCode).toBe(1)
  rmSync(map())
}

test('new sizes for what is stored: drawn once, though killed, and old files go when all that is new stands', async () => {
  await imported()
  const before = keysIn(out())
  const args = ['rerender', out(), '--map', map(), ...policy(), '--remove-old']
  const dry = await capture([...args.slice(0, 2), '--map', join(home, 'dry.jsonl'), ...policy(), '--dry-run'])
  expect(dry.stdout).toBe('6 uploads would be drawn, 0 as they were, 0 failed\n')
  expect(keysIn(out())).toEqual(before)
  const { kills, status } = killedAndRun(args, 'link 3')
  expect([status, kills > 0]).toEqual([0, true])
  const lines = linesOf(map()).filter(({ key }) => key !== undefined)
  expect(lines.map(({ old }) => old).sort()).toEqual(before)
  expect(lines.flatMap(({ key, variants }) => [key, variants.thumb]).sort()).toEqual(keysIn(out()))
  expect(lines.map(({ reasons, from }) => [reasons, from])).toEqual(
    lines.map(({ old }) => [expect.anything(), old]),
  )
  expect((await capture(['audit', out(), ...policy()])).exitCode).toBe(0)
  const again = args.with(args.indexOf(map()), join(home, 'again.jsonl'))
  expect((await capture(again)).stdout).toBe('0 uploads drawn, 6 as they were, 0 failed\n')
})

test('with records rows keep their ids and get the new files; the old ones are the sweep’s', async () => {
  await imported('--records', database(), '--owner', 'ann', '--role', 'author')
  const before = keysIn(out())
  const args = ['rerender', out(), '--map', map(), '--records', database(), '--keep', '0', ...policy()]
  const { kills, status } = killedAndRun(args, 'link 3')
  expect([status, kills > 0]).toEqual([0, true])
  expect(keysIn(out())).toEqual(expect.arrayContaining(before))
  const records = sqliteRecords(database())
  await sweep({ records, store: fsStore(out()), pendingMs: 0 })
  const rows = []
  for await (const row of records.list()) rows.push(row)
  await records.close()
  expect(rows.map(({ id }) => id).sort()).toEqual(before.map(key => key.slice(7, 39)).sort())
  for (const { state, owner, role, notes, files } of rows) {
    expect([state, owner, role, files.map(({ name }) => name)]).toEqual([
      'confirmed',
      'ann',
      'author',
      ['main', 'thumb'],
    ])
    expect(notes.filter(({ code }) => code === 'drawn-again')).toHaveLength(1)
  }
  for (const key of before) expect(existsSync(join(out(), key))).toBe(false)
  const audited = await capture(['audit', out(), '--records', database(), ...policy()])
  expect([audited.exitCode, audited.stdout]).toEqual([0, expect.stringContaining('0 findings')])
})

test('wrong usage of import and rerender', async () => {
  expect((await capture(['import', legacy(), '--to', out()])).exitCode).toBe(2)
  expect((await capture(['import', join(home, 'none'), '--to', out(), '--map', map()])).exitCode).toBe(2)
  fill(out())
  const both = ['rerender', out(), '--map', map(), '--remove-old', '--records', database()]
  expect((await capture(both)).exitCode).toBe(2)
})
