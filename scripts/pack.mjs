/*
 * npm run pack [-- FOLDER]: builds what is published and packs it, as it would be published, into build/tarballs or that
 * folder. An application takes all of it with `npm install PATH/build/tarballs/*.tgz`.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { pnpm, root } from './pnpm.mjs'
import { prepare } from './prepare.mjs'

const { values, positionals } = parseArgs({
  options: { help: { type: 'boolean', short: 'h' } },
  allowPositionals: true,
})
if (values.help) {
  console.log('npm run pack [-- FOLDER]: what is published, as tarballs in build/tarballs or that folder')
  process.exit(0)
}
const destination = resolve(positionals[0] ?? join(root, 'build/tarballs'))
const published = ['--filter', './packages/*']

/** What the packages do not say of themselves until `project` in package.json is filled in. */
function missing() {
  const { project } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  // Homepage and bugs follow from the repository where they are not given.
  return ['repository', 'author'].filter(field => !project[field])
}

// Those of before go, for a version that changed would leave them; a folder with anything else in it is none of ours.
const earlier = existsSync(destination) ? readdirSync(destination) : []
const other = earlier.find(file => !/^sluice-.*\.tgz$/.test(file))
if (other !== undefined) {
  console.error(
    `${destination} holds ${other}: name a folder that is empty or holds tarballs of before alone`,
  )
  process.exit(1)
}
for (const file of earlier) rmSync(join(destination, file))
const isPacked =
  prepare({ build: published, last: 'packages/sluice/dist/index.js' }) &&
  pnpm('packing', ['-r', ...published, 'pack', '--pack-destination', destination], { quiet: true })
if (!isPacked) process.exit(1)
for (const file of readdirSync(destination).sort()) console.log(relative('', join(destination, file)))
for (const field of missing())
  console.error(`note: no ${field}; to publish, set it in "project" of package.json`)
