/*
 * npm run pack [-- FOLDER]: builds what is published and packs it, as it would be published, into build/tarballs or that
 * folder. An application takes all of it with `npm install PATH/build/tarballs/*.tgz`.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { pnpm, root } from './pnpm.mjs'
import { prepare } from './prepare.mjs'

const destination = resolve(process.argv[2] ?? join(root, 'build/tarballs'))
const published = ['--filter', './packages/*']

/** What the packages do not say of themselves until `project` in package.json is filled in. */
function missing() {
  const { project } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  // Homepage and bugs follow from the repository where they are not given.
  return ['repository', 'author'].filter(field => !project[field])
}

rmSync(destination, { recursive: true, force: true })
const isPacked =
  prepare({ build: published, last: 'packages/sluice/dist/index.js' }) &&
  pnpm('packing', ['-r', ...published, 'pack', '--pack-destination', destination], { quiet: true })
if (!isPacked) process.exit(1)
for (const file of readdirSync(destination).sort()) console.log(relative('', join(destination, file)))
for (const field of missing())
  console.error(`note: no ${field}; to publish, set it in "project" of package.json`)
