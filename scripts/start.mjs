/*
 * npm start: installs and builds what the command line needs, then draws fresh images of the bundled fixtures into
 * ./out; npm start -- photo.jpg more/*.png does it to files of yours.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root } from './pnpm.mjs'
import { prepare } from './prepare.mjs'

const cli = 'packages/cli/dist/main.js'

/** @returns {string[]} */
function bundled() {
  const manifest = JSON.parse(readFileSync(join(root, 'fixtures/manifest.json'), 'utf8'))
  return manifest.map((/** @type {{ file: string }} */ { file }) => file)
}

if (!prepare({ build: ['--filter-prod', '@sluice/cli...'], last: cli })) process.exit(1)

// Where the person was, not where package.json is.
const here = process.env.INIT_CWD ?? process.cwd()
const given = process.argv.slice(2)
const own = given.length > 0
const files = own ? given : bundled()
const { status } = spawnSync(
  process.execPath,
  [join(root, cli), 'sanitize', '--out', resolve(here, 'out'), ...files],
  { cwd: own ? here : join(root, 'fixtures/files'), stdio: 'inherit' },
)
// Of the fixtures some must be refused, which is exit code 1.
process.exitCode = own || status !== 1 ? (status ?? 1) : 0
