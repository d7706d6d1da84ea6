import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { capture } from './capture.js'

const fixtures = fileURLToPath(new URL('../../../fixtures/files/', import.meta.url))
let home = ''
let keys: string[] = []
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'sluice-audit-'))
  const files = ['odd/one-pixel.png', 'webp/lossy.webp', 'png/grey-alpha.png'].map(file => fixtures + file)
  const { lines } = await capture(['sanitize', '--json', '--out', out(), ...files])
  keys = lines().map(line => JSON.parse(line).key)
  expect(keys).toHaveLength(3)
})
afterEach(() => rmSync(home, { recursive: true }))

const out = () => join(home, 'out')
const path = (index: number) => join(out(), keys[index] ?? '')

async function audit(...args: string[]) {
  const { exitCode, lines } = await capture(['audit', '--json', out(), ...args])
  const all = lines().map(line => JSON.parse(line))
  return { exitCode, findings: all.slice(0, -1), sums: all.at(-1) }
}

test('what the store has written is fine', async () => {
  expect(await audit()).toEqual({ exitCode: 0, findings: [], sums: { files: 3, findings: 0 } })
  expect((await capture(['audit', out()])).stdout).toBe('3 files, 0 findings\n')
})

test('foreign names, folders and links are listed, and not followed', async () => {
  const month = keys[0]?.slice(0, 6) ?? ''
  writeFileSync(join(out(), month, 'shell.php'), '<?php')
  writeFileSync(join(out(), '.htaccess'), '')
  mkdirSync(join(out(), 'deep/er'), { recursive: true })
  symlinkSync('/etc', join(out(), month, `${'0'.repeat(32)}.webp`))
  const { exitCode, findings, sums } = await audit()
  expect([exitCode, sums]).toEqual([1, { files: 3, findings: 4 }])
  expect(findings).toEqual([
    { path: '.htaccess', problem: 'foreign', detail: 'name' },
    { path: `${month}/${'0'.repeat(32)}.webp`, problem: 'foreign', detail: 'not an ordinary file' },
    { path: `${month}/shell.php`, problem: 'foreign', detail: 'name' },
    { path: 'deep/er/', problem: 'foreign', detail: 'empty folder' },
  ])
})

test('content that this library does not write is found', async () => {
  writeFileSync(path(0), Buffer.concat([readFileSync(path(0)), Buffer.from('<script>')]))
  writeFileSync(path(1), readFileSync(`${fixtures}orientation/exif-8.webp`))
  writeFileSync(path(2), '<!doctype html>')
  const { findings } = await audit()
  const detailOf = (index: number) => findings.find(finding => finding.path === keys[index])?.detail
  expect(findings.map(({ problem }) => problem)).toEqual(['content', 'content', 'content'])
  expect(detailOf(0)).toMatch(/8 bytes after the end/)
  expect(detailOf(1)).toMatch(/EXIF|VP8X/)
  expect(detailOf(2)).toMatch(/format/)
})

test('an image under the extension of another format is found', async () => {
  renameSync(path(0), path(0).replace('.webp', '.gif'))
  const { findings } = await audit()
  expect(findings).toMatchObject([{ problem: 'content', detail: 'is a WebP' }])
})

test('an image larger than the policy allows is found', async () => {
  writeFileSync(join(home, 'policy.json'), '{"output": {"maxWidth": 319}}')
  const { findings } = await audit('--policy', join(home, 'policy.json'))
  expect(findings).toMatchObject([
    { path: keys[1], problem: 'content', detail: '320x240 pixels; the policy allows 319x1600' },
  ])
})

test('rights are held to 0644 and 0755', async () => {
  chmodSync(path(0), 0o755)
  chmodSync(out(), 0o777)
  const { findings } = await audit()
  expect(findings).toEqual([
    { path: '.', problem: 'mode', detail: '0777, not 0755' },
    { path: keys[0], problem: 'mode', detail: '0755, not 0644' },
  ])
})

test('a commit that was left unfinished is found when it is old', async () => {
  const leftover = join(home, '.out-incoming', '00000000-1-0000000000000000')
  mkdirSync(leftover)
  expect((await audit()).findings).toEqual([])
  utimesSync(leftover, 1, Date.now() / 1000 - 600)
  expect((await audit()).findings).toEqual([
    { path: leftover, problem: 'leftover', detail: '10 minutes old' },
  ])
})
