import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cases, pathOf } from '@sluice/testkit/corpus'
import { findCases } from '@sluice/testkit/find-corpus'

/** Ours, and findings of the past. */
const own = ['../fixtures/files', '../test/regressions/fuzz'].map(folder =>
  fileURLToPath(new URL(folder, import.meta.url)),
)
/** And the pictures of public reports, where they are. */
const reported = findCases()
const folders = reported === undefined ? own : [...own, join(reported, 'pictures')]

/**
 * Small files to begin with: those of the folders, sorted by name, and the corpus.
 * @param {number} maxBytes
 * @param {(bytes: Uint8Array) => boolean} isSeed
 */
export function readSeeds(maxBytes, isSeed) {
  const files = folders.flatMap(folder =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(({ parentPath, path, name }) => join(parentPath ?? path, name))
      .sort(),
  )
  const seeds = [...files, ...cases.map(pathOf)]
    .map(file => new Uint8Array(readFileSync(file)))
    .filter(bytes => bytes.length <= maxBytes && isSeed(bytes))
  if (seeds.length === 0) throw new Error('nothing to begin with')
  return seeds
}
