import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packages = fileURLToPath(new URL('../../packages/', import.meta.url))

/** What the applications of the test need besides ours, with nothing that an application would not install. */
const others = {
  express: '5.3.0',
  express4: 'npm:express@4.22.3',
  hono: '4.13.19',
  '@hono/node-server': '2.1.8',
}

/** An empty project into which our packages were installed from their tarballs, as npm users get them. */
export function installPacked(): string {
  const project = mkdtempSync(join(tmpdir(), 'sluice-packed-'))
  const names = ['core', 'kernel', 'codecs', 'stores', 'adapters']
  for (const name of names)
    execFileSync('npx', ['-y', 'pnpm@10', 'pack', '--pack-destination', project], {
      cwd: join(packages, name),
      stdio: 'ignore',
    })
  const tarballs = readdirSync(project).filter(file => file.endsWith('.tgz'))
  if (tarballs.length !== names.length)
    throw new Error(`packed ${tarballs.length} of ${names.length} packages`)
  const ours = Object.fromEntries(
    names.map(name => [
      `@sluice/${name}`,
      `file:${tarballs.find(file => file.startsWith(`sluice-${name}-`))}`,
    ]),
  )
  const manifest = {
    name: 'packed',
    private: true,
    type: 'module',
    dependencies: { ...ours, ...others },
    overrides: ours,
  }
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest))
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: project,
    stdio: 'ignore',
  })
  return project
}
