import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll } from 'vitest'

const home = fileURLToPath(new URL('..', import.meta.url))
let made: Promise<string> | undefined
let folder = ''
afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true })
  made = undefined
})

/**
 * The command line as one program, for tests that kill it. With `SLUICE_TEST_KILL=<operation> <n>` it ends itself by SIGKILL
 * in front of its n-th call of that function of node:fs/promises.
 */
export function bundleCli(): Promise<string> {
  made ??= bundle()
  return made
}

async function bundle(): Promise<string> {
  // Beside the sources: what is not bundled is found from there.
  folder = mkdtempSync(join(home, 'test', '.bundle-'))
  const program = join(folder, 'src', 'main.mjs')
  const entry = join(folder, 'entry.mjs')
  const killer = fileURLToPath(new URL('kill-self.mjs', import.meta.url))
  const main = join(home, 'src/main.ts')
  writeFileSync(entry, `import ${JSON.stringify(killer)}\nawait import(${JSON.stringify(main)})\n`)
  writeFileSync(join(folder, 'package.json'), '{"version": "0.0.0"}')
  await build({
    entryPoints: [entry],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    // What it stands on is as it was built.
    packages: 'external',
  })
  return program
}
