import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hashOf } from './inputs.mjs'
import { fingerprintOf } from './trees.mjs'

/**
 * @typedef {import('./inputs.mjs').Input} Input
 * @typedef {import('./take-all.mjs').Results} Results
 */

/** What decides about results besides the checkout and the files. */
const drivers = ['driver.mjs', 'ways.mjs']

/**
 * Results of a checkout. Those that the same scripts made of the same build before are stored.
 * @param {string} folder where they are stored
 * @param {string} tree the root of the checkout
 * @param {readonly Input[]} inputs
 * @param {(missing: readonly Input[]) => Promise<Results>} take
 * @returns {Promise<Results>}
 */
export async function rememberedOf(folder, tree, inputs, take) {
  const file = join(folder, 'results', `${keyOf(tree)}.json`)
  /** @type {Record<string, import('./driver.mjs').Result | undefined>} */
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const idOf = (/** @type {Input} */ { name, sha256 }) => `${sha256} ${name}`
  const missing = inputs.filter(input => !(idOf(input) in known))
  if (missing.length > 0) {
    const made = await take(missing)
    for (const input of missing) known[idOf(input)] = made[input.name]
    mkdirSync(join(folder, 'results'), { recursive: true })
    writeFileSync(file, JSON.stringify(known))
  }
  const results = Object.fromEntries(inputs.map(input => [input.name, known[idOf(input)]]))
  return /** @type {Results} */ (results)
}

/** @param {string} tree */
function keyOf(tree) {
  const scripts = drivers.map(name => readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8'))
  return hashOf([process.version, fingerprintOf(tree), ...scripts].join('\n')).slice(0, 32)
}
