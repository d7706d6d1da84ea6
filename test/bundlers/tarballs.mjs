import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * Packs what was built, as it would be published. `npm run build` comes first.
 * @param {string} destination
 * @returns {Record<string, string>} the tarball of each package by its name, as a dependency
 */
export function packAll(destination) {
  const args = ['-y', 'pnpm@10', '-r', '--filter', './packages/*', 'pack', '--pack-destination', destination]
  execFileSync('npx', args, { cwd: root, stdio: 'pipe' })
  const tarballs = readdirSync(destination).filter(name => name.endsWith('.tgz'))
  return Object.fromEntries(
    tarballs.map(name => [nameIn(join(destination, name)), `file:${destination}/${name}`]),
  )
}

function nameIn(tarball) {
  return JSON.parse(execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' }))
    .name
}
