import { randomUUID } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { isErrno } from './durable.js'
import { folderMode, incomingFolderOf, linkTest, type Place, privateMode } from './layout.js'

/** @throws Error where commits would be prepared in the folder that is served */
export function namePlace(folder: string, incoming?: string): Place {
  const place = {
    folder: resolve(folder),
    incoming: resolve(incoming ?? incomingFolderOf(folder)),
  }
  const inside = relative(place.folder, place.incoming)
  if (!inside.startsWith('..'))
    throw new Error(
      `fsStore: incoming must be outside the public folder, but ${place.incoming} is in ${place.folder}`,
    )
  return place
}

/**
 * Whether both folders are there. What is missing is not made yet, for builds import the modules of a server
 * too; what can be known of it is: that it can be made, and on one file system.
 * @throws Error that says what to configure
 */
export function isThere(place: Place): boolean {
  const { folder, incoming } = place
  const [above, beside] = [nearestFolder(folder), nearestFolder(incoming)]
  for (const path of [folder, incoming])
    if (existsSync(path) && !statSync(path).isDirectory()) throw new Error(`fsStore: ${path} is no folder`)
  if (above === folder && beside === incoming) return true
  for (const [wanted, existing] of [
    [folder, above],
    [incoming, beside],
  ] as const)
    if (wanted !== existing && !isWritableFolder(existing))
      throw new Error(
        `fsStore: ${wanted} cannot be made: ${existing} is no folder that this process may write to`,
      )
  if (statSync(above).dev !== statSync(beside).dev) throw apart(place, 'they are on different devices')
  return false
}

function isWritableFolder(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return statSync(path).isDirectory()
  } catch (thrown) {
    if (isErrno(thrown, 'EACCES', 'EROFS', 'EPERM')) return false
    throw thrown
  }
}

/** The folder itself, or the nearest one above that is there. */
function nearestFolder(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestFolder(dirname(path))
}

/**
 * Makes both folders and tries whether a file can be linked from one into the other.
 * @throws Error that says what to configure
 */
export function openPlace(place: Place): void {
  const made = mkdirSync(place.folder, { recursive: true })
  if (made !== undefined) chmodSync(place.folder, folderMode)
  mkdirSync(place.incoming, { recursive: true, mode: privateMode })
  tryLink(place)
}

/** Two mounts of one device have the same device number and still refuse links: only trying tells. */
function tryLink(place: Place): void {
  const { folder, incoming } = place
  const prefix = '.sluice-link-test-'
  // Of a start that was killed just here.
  for (const name of readdirSync(folder))
    if (name.startsWith(prefix)) rmSync(join(folder, name), { force: true })
  const target = join(folder, `${prefix}${randomUUID()}`)
  try {
    writeFileSync(join(incoming, linkTest), '')
    linkSync(join(incoming, linkTest), target)
  } catch (cause) {
    const sameDevice = statSync(folder).dev === statSync(incoming).dev
    const why = cause instanceof Error ? cause.message : String(cause)
    throw apart(place, sameDevice ? why : `${why}; they are on different devices`, cause)
  } finally {
    rmSync(target, { force: true })
  }
}

function apart({ folder, incoming }: Place, why: string, cause?: unknown): Error {
  return new Error(
    `fsStore: ${incoming} and ${folder} must be writable folders of one mounted file system with hard links ` +
      `(${why}). Name a folder beside the public one in the option "incoming".`,
    { cause },
  )
}
