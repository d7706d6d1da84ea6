/*
 * npm start: installs and builds what the command line needs, then draws fresh images of the bundled fixtures into
 * ./out; npm start -- photo.jpg more/*.png does it to files of yours.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pnpm, root } from './pnpm.mjs'

const cli = join(root, 'packages/cli/dist/main.js')
const needed = ['--filter-prod', '@sluice/cli...']

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

/** @returns {string[]} */
function bundled() {
  const manifest = JSON.parse(readFileSync(join(root, 'fixtures/manifest.json'), 'utf8'))
  return manifest.map((/** @type {{ file: string }} */ { file }) => file)
}

function isBuilt() {
  const built = statSync(cli, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return built > newestIn(join(root, 'packages'))
}

const install = ['install', '--frozen-lockfile', '--filter', 'sluice-workspace', ...needed]
if (!isBuilt()) {
  const ready =
    pnpm('installing', install, { quiet: true }) &&
    pnpm('building', ['-r', ...needed, 'run', 'build'], { quiet: true })
  if (!ready) process.exit(1)
}

// Where the person was, not where package.json is.
const here = process.env.INIT_CWD ?? process.cwd()
const given = process.argv.slice(2)
const own = given.length > 0
const files = own ? given : bundled()
const { status } = spawnSync(process.execPath, [cli, 'sanitize', '--out', resolve(here, 'out'), ...files], {
  cwd: own ? here : join(root, 'fixtures/files'),
  stdio: 'inherit',
})
// Of the fixtures some must be refused, which is exit code 1.
process.exitCode = own || status !== 1 ? (status ?? 1) : 0
