import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-killed-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('killed while the second file of a request is made, the first is not public', async () => {
  const program = join(folder, 'killed-upload.mjs')
  await build({
    entryPoints: [fileURLToPath(new URL('apps/killed-upload.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@sluice/source'],
  })
  const uploads = join(folder, 'uploads')
  const { signal, stderr } = spawnSync(process.execPath, [program, uploads], { encoding: 'utf8' })
  expect(signal, stderr).toBe('SIGKILL')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  expect(files).toContain('killed-upload.mjs')
  expect(files.filter(name => name.endsWith('.webp'))).toEqual([])
})
