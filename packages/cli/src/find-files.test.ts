import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findFiles } from './find-files.js'
import { sanitizeFile } from './sanitize-file.js'

// Whoever tests as root may read every folder.
const locked = vi.hoisted(() => ({ name: 'locked' }))
vi.mock('node:fs/promises', async importOriginal => {
  const original = await importOriginal<typeof import('node:fs/promises')>()
  const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' })
  const readdir = (path: string, options: never) =>
    path.endsWith(locked.name) ? Promise.reject(denied) : original.readdir(path, options)
  return { ...original, readdir }
})

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sluice-find-'))
  for (const folder of ['a', 'locked', 'z']) {
    mkdirSync(join(home, folder))
    writeFileSync(join(home, folder, 'file'), '')
  }
})
afterEach(() => rmSync(home, { recursive: true }))

test('a folder that cannot be read stops no search, and its outcome says so', async () => {
  expect(await findFiles([home])).toEqual([join(home, 'a/file'), join(home, 'locked'), join(home, 'z/file')])
  expect(await sanitizeFile(join(home, 'locked'), {} as never)).toMatchObject({
    ok: false,
    code: 'no-file',
    message: 'This is a folder that cannot be read.',
  })
})
