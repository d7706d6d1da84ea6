/*
 * npm start: installs and builds what is needed, draws fresh images of the bundled fixtures into ./out, and shows
 * laboratory and blog on this machine until it is ended; npm start -- photo.jpg more/*.png draws files of yours. With
 * --once, where CI is set and without a terminal nothing is shown.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root } from './pnpm.mjs'
import { prepare } from './prepare.mjs'
import { examplesToShow, show } from './show.mjs'

const cli = 'packages/cli/dist/main.js'

/** @returns {string[]} */
function bundled() {
  const manifest = JSON.parse(readFileSync(join(root, 'fixtures/manifest.json'), 'utf8'))
  return manifest.map((/** @type {{ file: string }} */ { file }) => file)
}

// Where the person was, not where package.json is.
const here = process.env.INIT_CWD ?? process.cwd()
const isAskedOnce = process.argv.includes('--once')
const given = process.argv.slice(2).filter(argument => argument !== '--once')
const own = given.length > 0
const isOnce = own || isAskedOnce || Boolean(process.env.CI) || !process.stdout.isTTY

const commandLine = { build: ['--filter-prod', '@sluice/cli...'], last: cli }
if (!prepare(commandLine, ...(isOnce ? [] : examplesToShow))) process.exit(1)

const files = own ? given : bundled()
const { status } = spawnSync(
  process.execPath,
  [join(root, cli), 'sanitize', '--out', resolve(here, 'out'), ...files],
  { cwd: own ? here : join(root, 'fixtures/files'), stdio: 'inherit' },
)
// Of the fixtures some must be refused, which is exit code 1.
process.exitCode = own || status !== 1 ? (status ?? 1) : 0

if (!isOnce) {
  console.log()
  await show()
  console.log('Ctrl+C ends it.')
} else if (!own && !isAskedOnce) {
  console.log('Laboratory and blog are shown in a terminal only, and not where CI is set.')
}
