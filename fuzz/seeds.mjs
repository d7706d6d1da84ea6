import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const path = relative => fileURLToPath(new URL(relative, import.meta.url))
/** Ours; findings of the past; and, where it is there, the corpus beside the repository. */
const folders = [path('../fixtures/files'), path('../test/found'), path('../../shared/corpus')].filter(
  existsSync,
)

/** Small files to begin with, sorted by name. @param {number} maxBytes @param {(bytes: Uint8Array) => boolean} isSeed */
export function readSeeds(maxBytes, isSeed) {
  const files = folders.flatMap(folder =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(({ parentPath, path, name }) => join(parentPath ?? path, name))
      .sort(),
  )
  const seeds = files
    .map(file => new Uint8Array(readFileSync(file)))
    .filter(bytes => bytes.length <= maxBytes && isSeed(bytes))
  if (seeds.length === 0) throw new Error('nothing to begin with')
  return seeds
}
