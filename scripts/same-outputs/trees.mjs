import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../pnpm.mjs'
import { prepare } from '../prepare.mjs'
import { hashOf } from './inputs.mjs'

const cli = 'packages/cli/dist/main.js'
const packages = ['--filter-prod', '@sluice/cli...']

/** Builds this checkout where it was changed, and installs what makes the hostile files. */
export function buildThis() {
  const install = ['--filter', '@sluice/fixtures']
  if (!prepare({ build: packages, install, last: cli, folders: ['fixtures/node_modules'] }))
    throw new Error('this checkout cannot be built')
  return root
}

/**
 * Another commit, checked out and built below a folder, where it stays for the next time.
 * @param {string} rev a git revision
 * @param {string} folder
 * @returns {string} the root of its checkout
 */
export function buildCommit(rev, folder) {
  const sha = git('rev-parse', '--verify', '--end-of-options', `${rev}^{commit}`)
  const tree = join(folder, sha)
  // The folder may have been deleted behind git's back.
  git('worktree', 'prune')
  if (!existsSync(tree)) git('worktree', 'add', '--detach', '--force', tree, sha)
  if (!prepare({ build: packages, last: cli, root: tree }))
    throw new Error(`${rev} cannot be built in ${tree}`)
  return tree
}

/** Changes with everything that the outputs of a checkout depend on. @param {string} tree */
export function fingerprintOf(tree) {
  if (!existsSync(join(tree, cli))) throw new Error(`${tree} is not built`)
  const names = readdirSync(join(tree, 'packages')).flatMap(name => {
    const dist = join('packages', name, 'dist')
    if (!existsSync(join(tree, dist))) return []
    const files = readdirSync(join(tree, dist), { recursive: true, withFileTypes: true })
    return files.filter(file => file.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  })
  const files = [...names.sort(), join(tree, 'pnpm-lock.yaml')]
  return hashOf(files.map(file => hashOf(readFileSync(file))).join())
}

/** @param {readonly string[]} args @returns {string} its output */
function git(...args) {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
  return stdout.trim()
}
