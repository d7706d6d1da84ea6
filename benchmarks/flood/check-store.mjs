// What must hold of a store whatever became of its server: every file that a client was told of is there with
// the hash that it was told, nothing else is public, and nothing is left over once the server has started
// again.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/** @typedef {{ key: string, sha256: string }} Told a file that a 201 names */
/**
 * @typedef {object} Contents of a store
 * @property {ReadonlyMap<string, string>} found SHA-256 in hex of every public file, by key
 * @property {readonly string[]} left what is there beside public files
 */
/**
 * @typedef {object} Broken
 * @property {readonly string[]} missing keys of files that were told and are not there
 * @property {readonly string[]} changed keys of files that are others than was told
 * @property {readonly string[]} orphans keys of public files that nobody was told of
 * @property {readonly string[]} left
 */

/**
 * Pure, so that it holds for whatever store.
 * @param {readonly Told[]} told
 * @param {Contents} contents
 * @returns {Broken} nothing but empty lists where all promises are kept
 */
export function brokenPromises(told, { found, left }) {
  const hashes = new Map(told.map(({ key, sha256 }) => [key, sha256]))
  const keys = [...hashes.keys()]
  return {
    missing: keys.filter(key => !found.has(key)),
    changed: keys.filter(key => found.has(key) && found.get(key) !== hashes.get(key)),
    orphans: [...found.keys()].filter(key => !hashes.has(key)),
    left,
  }
}

/**
 * A folder with a public one in it: whatever lies beside that, or beside the files in it, is left over. Empty
 * folders at the top are where a store prepares its commits, folders in the public one are months.
 * @param {string} folder
 * @param {string} [name] of the public folder
 * @returns {Promise<Contents>}
 */
export async function contentsOf(folder, name = 'uploads') {
  const pub = join(folder, name)
  /** @type {Map<string, string>} */
  const found = new Map()
  /** @type {string[]} */
  const left = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const isPublic = path.startsWith(pub + sep)
    if (isPublic && entry.isFile()) found.set(relative(pub, path).replaceAll(sep, '/'), await hashOf(path))
    else if (!entry.isDirectory() || (!isPublic && entry.parentPath !== folder))
      left.push(relative(folder, path))
  }
  return { found, left }
}

/** @param {string} path */
async function hashOf(path) {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
}
