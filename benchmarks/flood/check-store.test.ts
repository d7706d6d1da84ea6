import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { brokenPromises, contentsOf } from './check-store.mjs'

const folder = mkdtempSync(join(tmpdir(), 'sluice-check-store-'))
afterAll(() => rmSync(folder, { recursive: true }))

const kept = { missing: [], changed: [], orphans: [], left: [] }
const a = { key: '202611/a.webp', sha256: 'aa' }
const b = { key: '202611/a-thumb.webp', sha256: 'bb' }
const both = new Map([
  [a.key, a.sha256],
  [b.key, b.sha256],
])

test('a store that kept its promises has nothing against it', () => {
  expect(brokenPromises([a, b], { found: both, left: [] })).toEqual(kept)
  expect(brokenPromises([], { found: new Map(), left: [] })).toEqual(kept)
})

test('a file that is gone, is another, was told to nobody, or is left over is named', () => {
  expect(brokenPromises([a, b], { found: new Map([[a.key, 'aa']]), left: [] })).toEqual({
    ...kept,
    missing: [b.key],
  })
  expect(brokenPromises([a], { found: new Map([[a.key, 'ab']]), left: [] })).toEqual({
    ...kept,
    changed: [a.key],
  })
  expect(brokenPromises([a], { found: both, left: [] })).toEqual({ ...kept, orphans: [b.key] })
  expect(brokenPromises([], { found: new Map(), left: ['x'] })).toEqual({ ...kept, left: ['x'] })
})

test('a folder: public files with their hashes, and everything beside them', async () => {
  mkdirSync(join(folder, 'uploads/202611'), { recursive: true })
  mkdirSync(join(folder, '.uploads-incoming'))
  writeFileSync(join(folder, 'uploads/202611/a.webp'), 'picture')
  const found = new Map([[a.key, createHash('sha256').update('picture').digest('hex')]])
  expect(await contentsOf(folder)).toEqual({ found, left: [] })

  mkdirSync(join(folder, '.uploads-incoming/commit'))
  writeFileSync(join(folder, 'body.tmp'), '')
  symlinkSync('/etc/passwd', join(folder, 'uploads/link.webp'))
  const contents = await contentsOf(folder)
  expect(contents.found).toEqual(found)
  expect([...contents.left].sort()).toEqual(['.uploads-incoming/commit', 'body.tmp', 'uploads/link.webp'])
})
