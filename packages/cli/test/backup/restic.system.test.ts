import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keyFor, makeKeyStem } from '@sluice/core'
import { fsStore } from '@sluice/stores/fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { capture } from '../capture.js'
import { tinyGif } from '../library.js'

let home = ''
const uploads = () => join(home, 'uploads')
const repository = () => join(home, 'repository')
const before = process.env.RESTIC_PASSWORD
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sluice-restic-'))
  process.env.RESTIC_PASSWORD = 'secret'
  execFileSync('restic', ['--repo', repository(), 'init'], { stdio: 'ignore' })
})
afterEach(() => {
  process.env.RESTIC_PASSWORD = before
  rmSync(home, { recursive: true })
})

async function store(number: number) {
  const key = keyFor(makeKeyStem(new Date()), 'main', 'gif')
  await fsStore(uploads()).commit([{ key, bytes: tinyGif(number), type: 'image/gif' }])
  return key
}

test('snapshots with their database: verified, restored, by time too', async () => {
  const keys = [await store(1), await store(2)]
  const args = ['backup', uploads(), '--restic', repository(), '--database', 'echo rows', '--json']
  const first = await capture(args)
  expect(first.stderr).toBe('')
  expect(JSON.parse(first.stdout)).toMatchObject({
    files: 2,
    database: 'command',
    where: expect.stringMatching(/^snapshot \w+$/),
  })
  // Their times are in whole seconds.
  const between = new Date(Math.ceil(Date.now() / 1000) * 1000)
  while (Date.now() <= between.getTime() + 1000) await new Promise(resolve => setTimeout(resolve, 50))
  keys.push(await store(3))
  expect((await capture(args)).exitCode).toBe(0)
  expect(readdirSync(home)).not.toContain('.uploads-backup')

  const verified = await capture(['verify', '--restic', repository()])
  expect([verified.exitCode, verified.stdout]).toEqual([0, expect.stringContaining('4 files, 0 faults')])
  const restored = join(home, 'restored')
  const back = await capture([
    'restore',
    '--restic',
    repository(),
    '--to',
    restored,
    '--database',
    `cat > '${home}/rows'`,
  ])
  expect([back.exitCode, back.stderr, back.stdout]).toEqual([
    0,
    '',
    expect.stringContaining('3 files written'),
  ])
  for (const [index, key] of keys.entries())
    expect(readFileSync(join(restored, key)).equals(tinyGif(index + 1))).toBe(true)
  expect(readFileSync(join(home, 'rows'), 'utf8')).toBe('rows\n')
  const older = [
    'restore',
    '--restic',
    repository(),
    '--to',
    join(home, 'older'),
    '--at',
    between.toISOString(),
  ]
  expect((await capture(older)).stdout).toContain('2 files written')
})

test('what restic refuses is told in a line, and nothing is left', async () => {
  await store(1)
  process.env.RESTIC_PASSWORD = 'wrong'
  const { exitCode, stderr } = await capture(['backup', uploads(), '--restic', repository()])
  expect([exitCode, stderr.split('\n')]).toEqual([
    1,
    [expect.stringMatching(/no backup was made: restic ended with/), ''],
  ])
  expect(existsSync(join(home, '.uploads-backup'))).toBe(false)
  writeFileSync(join(home, 'x'), '')
  expect((await capture(['verify', '--restic', join(home, 'x')])).exitCode).toBe(1)
})
