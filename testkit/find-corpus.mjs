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
  return find(setting, { name: 'corpus', variable: 'SLUICE_CORPUS', holds: 'cases.json' })
}

/**
 * Where the files of public reports are, by the same rule: `SLUICE_CASES` or `../shared/cases`.
 * @param {string} [setting] `SLUICE_CASES`
 * @returns {string | undefined} an absolute path, `undefined` for `none`
 * @throws {Error} there are none; the message says what to set
 */
export function findCases(setting = process.env.SLUICE_CASES) {
  return find(setting, { name: 'cases', variable: 'SLUICE_CASES', holds: 'pictures.md' })
}

/**
 * @param {string | undefined} setting
 * @param {{ name: string, variable: string, holds: string }} what
 */
function find(setting, { name, variable, holds }) {
  if (setting === 'none') return undefined
  const folder = resolve(checkout, setting || `../shared/${name}`)
  if (existsSync(resolve(folder, holds))) return folder
  throw new Error(
    `There is no ${name} at ${folder}. Set ${variable} to the folder that holds its ${holds}, ` +
      'or to "none" to skip the tests that need it (see CONTRIBUTING.md).',
  )
}
