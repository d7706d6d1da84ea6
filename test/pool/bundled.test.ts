import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const { build }: typeof import('esbuild') = createRequire(import.meta.url)('esbuild')
const folder = mkdtempSync(join(tmpdir(), 'sluice-bundled-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/**
 * An application in one file, as a bundler for servers makes it that was told nothing. What it lacks under other
 * conditions, and how that is said, is in test/bundlers.
 */
async function bundled(code: string): Promise<string> {
  const outfile = join(folder, `${Math.random()}.mjs`)
  await build({
    stdin: { contents: code, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
  })
  return outfile
}

function run(file: string): Promise<{ readonly code: unknown; readonly stderr: string }> {
  return new Promise(resolve => {
    execFile(process.execPath, [file], { env: {}, timeout: 60_000 }, (error, _, stderr) =>
      resolve({ code: error ? error.code : 0, stderr }),
    )
  })
}

test('a handler in one file starts: it carries its workers', async () => {
  const file = await bundled(`
    import { uploadHandler } from '@sluice/adapters/fetch'
    import { memoryStore } from '@sluice/stores'
    uploadHandler({ store: memoryStore(), public: true })
    console.error('started')
  `)
  const { code, stderr } = await run(file)
  expect(stderr).toContain('started')
  expect(code).toBe(0)
})

test('one that chose to draw on its own thread starts', async () => {
  const file = await bundled(`
    import { uploadHandler } from '@sluice/adapters/fetch'
    import { defaultRenderer } from '@sluice/codecs'
    import { memoryStore } from '@sluice/stores'
    uploadHandler({ store: memoryStore(), public: true, renderer: defaultRenderer() })
    console.error('started')
  `)
  expect(await run(file)).toMatchObject({ code: 0, stderr: expect.stringContaining('started') })
})
