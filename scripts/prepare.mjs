import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root as here, pnpm } from './pnpm.mjs'

/**
 * Installs and builds what a command needs, where that has not happened since the packages were last changed.
 * @param {object} needs
 * @param {readonly string[]} needs.build filters of pnpm: the packages that are built
 * @param {readonly string[]} [needs.install] filters of what is installed beside them
 * @param {string} needs.last the file that is built last, from the root
 * @param {readonly string[]} [needs.sources] folders that are built from
 * @param {readonly string[]} [needs.folders] that are there once it is installed
 * @param {string} [needs.root] of the checkout, where it is another than this one
 * @returns {boolean} whether it is ready
 */
export function prepare({ build, install = [], last, sources = ['packages'], folders = [], root = here }) {
  const isReady = isBuilt(root, last, sources) && folders.every(folder => existsSync(join(root, folder)))
  const all = ['--filter', 'sluice-workspace', ...build, ...install]
  return (
    isReady ||
    (pnpm('installing', ['install', '--frozen-lockfile', ...all], { quiet: true, cwd: root }) &&
      pnpm('building', ['-r', ...build, 'run', 'build'], { quiet: true, cwd: root }))
  )
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
