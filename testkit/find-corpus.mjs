import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const checkout = fileURLToPath(new URL('..', import.meta.url))

/**
 * Where the corpus is: `SLUICE_CORPUS`, relative to the checkout, or `../shared/corpus`. Whoever has none must
 * say so with `SLUICE_CORPUS=none`: tests that need it would otherwise pass by checking nothing.
 * @param {string} [setting] `SLUICE_CORPUS`
 * @returns {string | undefined} an absolute path, `undefined` for `none`
 * @throws {Error} there is no corpus; the message says what to set
 */
export function findCorpus(setting = process.env.SLUICE_CORPUS) {
  if (setting === 'none') return undefined
  const folder = resolve(checkout, setting || '../shared/corpus')
  if (existsSync(resolve(folder, 'cases.json'))) return folder
  throw new Error(
    `There is no corpus at ${folder}. Set SLUICE_CORPUS to the folder that holds its cases.json, ` +
      'or to "none" to skip the tests that need it (see CONTRIBUTING.md).',
  )
}
