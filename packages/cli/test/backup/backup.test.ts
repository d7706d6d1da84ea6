import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FileToStore, keyFor, makeKeyStem } from '@sluice/core'
import { fsStore } from '@sluice/stores/fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bundleCli } from '../bundle.js'
import { capture } from '../capture.js'

let home = ''
let files: FileToStore[] = []
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'sluice-backup-'))
  files = makeFiles(5)
  await fsStore(uploads()).commit(files)
})
afterEach(() => rmSync(home, { recursive: true }))

const uploads = () => join(home, 'uploads')
const to = () => join(home, 'backups')
const backup = (...args: string[]) => capture(['backup', uploads(), '--to', to(), ...args])
const backups = () => readdirSync(to()).sort()
const newest = () => join(to(), backups().at(-1) ?? '')
const makeFiles = (count: number): FileToStore[] =>
  Array.from({ length: count }, (_, index) => ({
    key: keyFor(makeKeyStem(new Date()), 'main', 'webp'),
    bytes: Buffer.from(`content ${index}`),
    type: 'image/webp',
  }))

test('files and database are in one folder, with sums that fit', async () => {
  const { exitCode, stdout } = await backup('--database', 'echo rows')
  expect(exitCode).toBe(0)
  const [name = ''] = backups()
  expect(name).toMatch(/^\d{8}T\d{6}Z$/)
  expect(stdout).toBe(`${join(to(), name)}: 5 files, 45 bytes, the database\n`)
  expect(readdirSync(newest()).sort()).toEqual(['SHA256SUMS', 'backup.json', 'database.dump', 'files'])
  expect(readFileSync(join(newest(), 'database.dump'), 'utf8')).toBe('rows\n')
  for (const { key, bytes } of files)
    expect(readFileSync(join(newest(), 'files', key)).equals(bytes)).toBe(true)
  expect(statSync(newest()).mode & 0o777).toBe(0o700)
  expect((await capture(['verify', to()])).stdout).toBe(`${newest()}: 6 files, 0 faults\n`)
  if (process.platform !== 'linux') return
  const checked = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: newest(), encoding: 'utf8' })
  expect(checked.match(/: OK$/gm)).toHaveLength(6)
})

test('a file that is stored while the database is dumped is in the copy: every row finds its file', async () => {
  const late = `202612/${'a'.repeat(32)}.webp`
  const command = `mkdir -p '${uploads()}/202612' && echo late > '${uploads()}/${late}' && echo rows`
  expect((await backup('--database', command)).stdout).toContain('6 files')
})

test('a database command that fails anywhere, or prints nothing, leaves no backup', async () => {
  for (const [command, message] of [
    ['echo half; exit 3', 'ended with 3'],
    ['false | gzip', 'ended with 1'],
    ['true', 'printed nothing'],
  ] as const) {
    const { exitCode, stdout, stderr } = await backup('--database', command)
    expect([exitCode, stdout]).toEqual([1, ''])
    expect(stderr).toContain(message)
    expect(readdirSync(to())).toEqual([])
  }
})

test('the next backup links what it has, and copies what is new', async () => {
  await backup()
  const first = newest()
  await fsStore(uploads()).commit(makeFiles(2))
  expect((await backup()).stdout).toMatch(/: 7 files, .* 5 files as before, no database\n$/)
  expect(backups()).toHaveLength(2)
  const inode = (folder: string, key: string) => statSync(join(folder, 'files', key)).ino
  for (const { key } of files) expect(inode(newest(), key)).toBe(inode(first, key))
  expect((await backup('--full')).stdout).not.toContain('as before')
  for (const { key } of files) expect(inode(newest(), key)).not.toBe(inode(first, key))
  // A backup stands alone: the first one may go.
  const second = join(to(), backups()[1] ?? '')
  rmSync(first, { recursive: true })
  expect((await capture(['verify', second])).exitCode).toBe(0)
})

test('two in one second are two backups', async () => {
  const both = await Promise.all([backup(), backup(), backup()])
  expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0])
  expect(backups()).toHaveLength(3)
  for (const name of backups()) expect((await capture(['verify', join(to(), name)])).exitCode).toBe(0)
})

test('what is not ours is not copied, and no link followed', async () => {
  const month = files[0]?.key.slice(0, 6) ?? ''
  writeFileSync(join(uploads(), month, 'shell.php'), '')
  symlinkSync('/etc/hostname', join(uploads(), month, `${'0'.repeat(32)}.webp`))
  symlinkSync('.', join(uploads(), 'x'))
  symlinkSync(join(uploads(), month), join(uploads(), '202511'))
  expect((await backup()).stdout).toMatch(/: 5 files, 45 bytes, no database\n$/)
})

test('folders that only root may read are no matter, one of ours is', async () => {
  chmodSync(home, 0o755)
  mkdirSync(to(), { mode: 0o777 })
  chmodSync(to(), 0o777)
  mkdirSync(join(uploads(), 'lost+found'), { mode: 0 })
  mkdirSync(join(to(), 'lost+found'), { mode: 0 })
  const asNobody = async () => {
    process.seteuid?.(65_534)
    return backup().finally(() => process.seteuid?.(0))
  }
  expect(await asNobody()).toMatchObject({ exitCode: 0, stderr: '' })
  mkdirSync(join(uploads(), '202501'), { mode: 0 })
  const { exitCode, stderr } = await asNobody()
  expect([exitCode, stderr]).toEqual([
    1,
    expect.stringMatching(/no backup was made: 202501\/ could not be read/),
  ])
  expect(backups().filter(name => name !== 'lost+found')).toHaveLength(1)
})

test('a backup that would be served, of nothing, or to a place that is no folder', async () => {
  const inside = await capture(['backup', uploads(), '--to', join(uploads(), 'backups')])
  expect([inside.exitCode, inside.stderr]).toEqual([2, expect.stringContaining('must not be served')])
  symlinkSync(uploads(), join(home, 'link'))
  const behind = await capture(['backup', uploads(), '--to', join(home, 'link/backups')])
  expect(behind.exitCode).toBe(2)
  const missing = await capture(['backup', join(home, 'missing'), '--to', to()])
  expect([missing.exitCode, missing.stderr]).toEqual([2, expect.stringContaining('is not a folder')])
  writeFileSync(join(home, 'file'), '')
  const none = await capture(['backup', uploads(), '--to', join(home, 'file')])
  expect([none.exitCode, none.stderr]).toEqual([1, expect.stringMatching(/^sluice: no backup was made: /)])
  expect(readdirSync(home).sort()).toEqual(['.uploads-incoming', 'file', 'link', 'uploads'])
})

test.skipIf(!existsSync('/dev/full'))('a dump that the disk has no room for leaves no backup', async () => {
  const { exitCode, stderr } = await backup('--database', 'echo rows > /dev/full')
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('no backup was made')])
  expect(backups()).toEqual([])
})

test('a flipped bit, a missing file, one too many and a truncated dump are found', async () => {
  await backup('--database', 'echo "-- PostgreSQL database dump"; echo rows')
  const path = (index: number) => join(newest(), 'files', files[index]?.key ?? '')
  writeFileSync(path(0), 'kontent 0')
  unlinkSync(path(1))
  writeFileSync(`${path(2)}.bak`, '')
  truncateSync(join(newest(), 'database.dump'), 10)
  const { exitCode, lines } = await capture(['verify', to(), '--json'])
  const faults = lines().map(line => JSON.parse(line))
  expect(exitCode).toBe(1)
  expect(faults.slice(0, -1)).toEqual(
    expect.arrayContaining([
      { path: `files/${files[0]?.key}`, problem: 'changed' },
      { path: `files/${files[1]?.key}`, problem: 'missing' },
      { path: `files/${files[2]?.key}.bak`, problem: 'extra' },
      { path: 'database.dump', problem: 'changed' },
    ]),
  )
  expect(faults.at(-1)).toMatchObject({ faults: 4 })
})

test('a dump that was cut before it was written down is found by its own end', async () => {
  await backup('--database', 'echo "-- PostgreSQL database dump"; echo rows')
  const { exitCode, stdout } = await capture(['verify', to()])
  expect([exitCode, stdout]).toEqual([
    1,
    expect.stringMatching(/^cut: database\.dump \(.*without its last line\)/),
  ])
})

test('a list that was cut is found', async () => {
  await backup()
  const sums = join(newest(), 'SHA256SUMS')
  writeFileSync(sums, readFileSync(sums, 'utf8').split('\n').slice(0, 3).join('\n'))
  const { exitCode, stdout } = await capture(['verify', to()])
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining('cut: SHA256SUMS (5 files were copied)')])
})

test('all comes back under its rights, and once more is nothing to do', async () => {
  await backup('--database', 'echo rows')
  const target = join(home, 'restored')
  const dry = await capture(['restore', to(), '--to', target, '--dry-run'])
  expect([dry.exitCode, dry.stdout]).toEqual([0, expect.stringContaining('5 files would be written')])
  expect(existsSync(target)).toBe(false)
  const args = ['restore', to(), '--to', target, '--database', `cat > '${home}/loaded'`]
  expect((await capture(args)).stdout).toContain('5 files written, 0 files already there')
  for (const { key, bytes } of files) {
    expect(readFileSync(join(target, key)).equals(bytes)).toBe(true)
    expect(statSync(join(target, key)).mode & 0o777).toBe(0o644)
    expect(statSync(join(target, key)).mtimeMs).toBeCloseTo(statSync(join(uploads(), key)).mtimeMs, -1)
  }
  expect(readFileSync(join(home, 'loaded'), 'utf8')).toBe('rows\n')
  expect((await capture(args)).stdout).toContain('0 files written, 5 files already there')
  expect(readdirSync(home)).not.toContain('.restored-restoring')
})

test('other bytes are refused, or kept aside', async () => {
  await backup()
  const key = files[0]?.key ?? ''
  writeFileSync(join(uploads(), key), 'changed')
  const refused = await capture(['restore', to(), '--to', uploads()])
  expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('with different content')])
  const { exitCode, stdout } = await capture(['restore', to(), '--to', uploads(), '--over'])
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('1 file replaced')])
  expect(readFileSync(join(uploads(), key), 'utf8')).toBe('content 0')
  expect(readFileSync(join(home, '.uploads-replaced', key), 'utf8')).toBe('changed')
})

test('a backup that has changed is not restored from', async () => {
  await backup()
  writeFileSync(join(newest(), 'files', files[3]?.key ?? ''), 'changed')
  const { exitCode, stderr } = await capture(['restore', to(), '--to', join(home, 'restored')])
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('the backup has changed')])
})

test('one of a certain time', async () => {
  await backup()
  renameSync(newest(), join(to(), '20260101T000000Z'))
  await fsStore(uploads()).commit(makeFiles(1))
  await backup()
  const at = (time: string) => capture(['restore', to(), '--to', join(home, time.slice(0, 4)), '--at', time])
  expect((await at('2026-02-01T00:00Z')).stdout).toContain('5 files written')
  expect((await at('2999-01-01')).stdout).toContain('6 files written')
  expect((await at('2001-01-01')).exitCode).toBe(2)
  expect((await at('yesterday')).exitCode).toBe(2)
})

test('a restore that is killed in the middle goes on, and every file is there once', async () => {
  await fsStore(uploads()).commit(makeFiles(60))
  await backup('--database', 'echo rows')
  const target = join(home, 'restored')
  const args = ['restore', to(), '--to', target, '--jobs', '1', '--database', `cat >> '${home}/loaded'`]
  const program = await bundleCli()
  // Between a file that is written and its name; in a write; between months and the database.
  for (const kill of ['link 20', 'unlink 30', 'utimes 10', 'chmod 4', 'rm 2']) {
    const env = { ...process.env, SLUICE_TEST_KILL: kill }
    const { signal } = spawnSync(process.execPath, [program, ...args], { env })
    expect([kill, signal]).toEqual([kill, 'SIGKILL'])
    // What is there is whole.
    for (const name of readdirSync(target, { recursive: true, encoding: 'utf8' }).filter(name =>
      name.endsWith('.webp'),
    ))
      expect(readFileSync(join(target, name), 'utf8')).toMatch(/^content \d+$/)
  }
  expect(existsSync(join(home, 'loaded'))).toBe(false)
  const { exitCode, stdout } = await capture(args)
  expect([exitCode, stdout]).toEqual([
    0,
    expect.stringMatching(/: \d+ files? written, \d+ files already there/),
  ])
  const restored = execFileSync('sh', ['-c', 'find . -type f | sort | xargs sha256sum'], { cwd: target })
  const original = execFileSync('sh', ['-c', 'find . -type f | sort | xargs sha256sum'], { cwd: uploads() })
  expect(restored.equals(original)).toBe(true)
  expect(readFileSync(join(home, 'loaded'), 'utf8')).toBe('rows\n')
})

test('a backup that was killed leaves nothing behind the next one', async () => {
  const program = await bundleCli()
  const args = ['backup', uploads(), '--to', to()]
  const env = { ...process.env, SLUICE_TEST_KILL: 'utimes 3' }
  expect(spawnSync(process.execPath, [program, ...args], { env }).signal).toBe('SIGKILL')
  expect(readdirSync(to())).toEqual([expect.stringMatching(/\.partial$/)])
  expect((await backup()).exitCode).toBe(0)
  expect(backups()).toEqual([expect.stringMatching(/^\d{8}T\d{6}Z$/)])
})
