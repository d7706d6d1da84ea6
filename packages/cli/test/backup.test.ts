import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FileToStore, keyFor, makeKeyStem } from '@sluice/core'
import { fsStore } from '@sluice/stores/fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { capture } from './capture.js'

let home = ''
let files: FileToStore[] = []
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'sluice-backup-'))
  const now = new Date()
  files = Array.from({ length: 5 }, (_, index) => ({
    key: keyFor(makeKeyStem(now), 'main', 'webp'),
    bytes: Buffer.from(`content ${index}`),
    type: 'image/webp',
  }))
  await fsStore(uploads()).commit(files)
})
afterEach(() => rmSync(home, { recursive: true }))

const uploads = () => join(home, 'uploads')
const to = () => join(home, 'backups')
const backup = (...args: string[]) => capture(['backup', uploads(), '--to', to(), ...args])

test('files and database are in one folder, with sums that fit', async () => {
  const { exitCode, stdout } = await backup('--database', 'echo rows')
  expect(exitCode).toBe(0)
  const [name = ''] = readdirSync(to())
  expect(name).toMatch(/^\d{8}T\d{6}Z$/)
  expect(stdout).toBe(`${join(to(), name)}: 5 files, 45 bytes, the database\n`)
  expect(readdirSync(join(to(), name)).sort()).toEqual(['SHA256SUMS', 'database.dump', 'files'])
  expect(readFileSync(join(to(), name, 'database.dump'), 'utf8')).toBe('rows\n')
  for (const { key, bytes } of files)
    expect(readFileSync(join(to(), name, 'files', key)).equals(bytes)).toBe(true)
  expect(statSync(join(to(), name)).mode & 0o777).toBe(0o700)
  if (process.platform !== 'linux') return
  const checked = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: join(to(), name), encoding: 'utf8' })
  expect(checked.match(/: OK$/gm)).toHaveLength(5)
})

test('a file that is stored while the database is dumped is in the copy: every row finds its file', async () => {
  const late = `202612/${'a'.repeat(32)}.webp`
  const command = `mkdir -p '${uploads()}/202612' && echo late > '${uploads()}/${late}' && echo rows`
  expect((await backup('--database', command)).stdout).toContain('6 files')
})

test('a database command that fails or prints nothing leaves no backup', async () => {
  for (const [command, message] of [
    ['echo half; exit 3', 'ended with 3'],
    ['true', 'printed nothing'],
  ] as const) {
    const { exitCode, stdout, stderr } = await backup('--database', command)
    expect([exitCode, stdout]).toEqual([1, ''])
    expect(stderr).toContain(message)
    expect(readdirSync(to())).toEqual([])
  }
})

test('what is not ours is not copied', async () => {
  const month = files[0]?.key.slice(0, 6) ?? ''
  writeFileSync(join(uploads(), month, 'shell.php'), '')
  symlinkSync('/etc/hostname', join(uploads(), month, `${'0'.repeat(32)}.webp`))
  expect((await backup()).stdout).toMatch(/: 5 files, 45 bytes, no database\n$/)
})

test('a backup that would be served, or of nothing, is wrong usage', async () => {
  mkdirSync(join(home, 'other'))
  const inside = await capture(['backup', uploads(), '--to', join(uploads(), 'backups')])
  expect([inside.exitCode, inside.stderr]).toEqual([2, expect.stringContaining('must not be served')])
  const missing = await capture(['backup', join(home, 'missing'), '--to', to()])
  expect([missing.exitCode, missing.stderr]).toEqual([2, expect.stringContaining('ENOENT')])
  expect(readdirSync(home)).not.toContain('backups')
})
