import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findCorpus } from '../../testkit/find-corpus.mjs'
import { root } from '../pnpm.mjs'

/** Fewer means that the corpus is not the corpus. */
const fewestInputs = 1500

/**
 * A file to take, under a name that says where it is from.
 * @typedef {{ name: string, path: string, sha256: string }} Input
 */

/**
 * The corpus, the fixtures, and hostile files made now.
 * @param {string} folder where the made ones are written
 * @returns {Promise<readonly Input[]>}
 * @throws Error where the corpus is missing or too small
 */
export async function findInputs(folder) {
  const corpus = findCorpus()
  if (corpus === undefined)
    throw new Error('outputs are compared over the corpus, and SLUICE_CORPUS is "none"')
  const places = [
    ...listed(join(corpus, 'cases.json'), 'corpus', corpus),
    ...listed(join(root, 'fixtures/manifest.json'), 'fixtures', join(root, 'fixtures/files')),
    ...(await makeHostileFiles(folder)),
  ]
  if (places.length < fewestInputs)
    throw new Error(`found ${places.length} files, of at least ${fewestInputs}: is ${corpus} complete?`)
  return places.map(place => ({ ...place, sha256: hashOf(readFileSync(place.path)) }))
}

/** @param {string | Uint8Array} content */
export function hashOf(content) {
  return createHash('sha256').update(content).digest('hex')
}

/**
 * @param {string} list a JSON file of objects with `file`, a path
 * @param {string} prefix of their names
 * @param {string} folder that the paths start from
 */
function listed(list, prefix, folder) {
  const entries = /** @type {{ file: string }[]} */ (JSON.parse(readFileSync(list, 'utf8')))
  return entries.map(({ file }) => ({ name: `${prefix}/${file}`, path: join(folder, file) }))
}

/** @param {string} folder */
async function makeHostileFiles(folder) {
  const { makeHostile } = await import('../../fixtures/make/hostile/all.mjs')
  mkdirSync(folder, { recursive: true })
  const places = []
  for await (const { name, bytes } of makeHostile()) {
    writeFileSync(join(folder, name), bytes)
    places.push({ name: `made/${name}`, path: join(folder, name) })
  }
  return places
}
