import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root as here, pnpm } from './pnpm.mjs'

/**
 * What a command needs.
 * @typedef {object} Needs
 * @property {readonly string[]} build filters of pnpm: the packages that are built
 * @property {readonly string[]} [install] filters of what is installed beside them
 * @property {string} last the file that is built last, from the root
 * @property {readonly string[]} [sources] folders that are built from
 * @property {readonly string[]} [folders] that are there once it is installed
 * @property {string} [root] of the checkout, where it is another than this one; the same for all
 */

/**
 * Installs and builds at once what all of these need, where that has not happened since the packages were last changed.
 * @param {Needs[]} all
 * @returns {boolean} whether they are ready
 */
export function prepare(...all) {
  const missing = all.filter(needs => !isReady(needs))
  if (missing.length === 0) return true
  const cwd = missing[0]?.root ?? here
  const build = missing.flatMap(needs => needs.build)
  const install = missing.flatMap(needs => needs.install ?? [])
  const filters = ['--filter', 'sluice-workspace', ...build, ...install]
  return (
    pnpm('installing what is missing', ['install', '--frozen-lockfile', ...filters], { quiet: true, cwd }) &&
    pnpm('building, which takes some minutes the first time', ['-r', ...build, 'run', 'build'], {
      quiet: true,
      cwd,
    })
  )
}

/** @param {Needs} needs */
function isReady({ last, sources = ['packages'], folders = [], root = here }) {
  return isBuilt(root, last, sources) && folders.every(folder => existsSync(join(root, folder)))
}

/** @param {string} root @param {string} last @param {readonly string[]} sources */
function isBuilt(root, last, sources) {
  const built = statSync(join(root, last), { throwIfNoEntry: false })?.mtimeMs ?? 0
  return sources.every(folder => built > newestIn(join(root, folder)))
}

/** When something was last changed that the build reads. @param {string} folder @returns {number} */
function newestIn(folder) {
  const times = readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !['node_modules', 'dist', 'build'].includes(name))
    .map(entry => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? newestIn(path) : statSync(path).mtimeMs
    })
  return Math.max(0, ...times)
}
