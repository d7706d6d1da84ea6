import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cases, extensionOf, pathOf } from '@sluice/testkit/corpus'
import { makeHostile } from '../../fixtures/make/hostile/all.mjs'

/** @param {string} relative */
const path = relative => fileURLToPath(new URL(relative, import.meta.url))

/**
 * @typedef {object} HostileFile
 * @property {string} name
 * @property {string} path
 * @property {boolean} made
 * @property {string | undefined} [code] what the default policy answers to a made one
 * @property {string} [file] of the corpus
 */

/**
 * Writes the made ones into a folder and lists them, then those of the corpus.
 * @param {string} folder
 * @returns {Promise<HostileFile[]>}
 */
export async function prepareFiles(folder) {
  mkdirSync(folder, { recursive: true })
  /** @type {HostileFile[]} */
  const files = []
  for await (const { name, bytes, code } of makeHostile()) {
    writeFileSync(join(folder, name), bytes)
    files.push({ name, path: join(folder, name), made: true, code })
  }
  const bomb = path('../../fixtures/files/bad/bomb-10000x10000.png')
  files.push({ name: 'pixels-100mp-69-bytes.png', path: bomb, made: true, code: 'too-many-pixels' })
  return [...files, ...corpusFiles()]
}

/** Under a name of their content: some are called otherwise, and all should get as far as they can. */
function corpusFiles() {
  return cases
    .filter(({ group }) => group === 'hostile' || group === 'bombs')
    .map((entry, index) => ({
      name: `corpus-${index}${extensionOf(entry)}`,
      path: pathOf(entry),
      made: false,
      file: entry.file,
    }))
}
