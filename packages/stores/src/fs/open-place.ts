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
  if (above === folder && beside === incoming) return true
  if (above !== folder && !isWritableFolder(above)) throw notMade(place, folder, notWritable(above))
  if (beside !== incoming && !isWritableFolder(beside)) throw notMade(place, incoming, notWritable(beside))
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
  const { folder, incoming } = place
  let wanted = folder
  try {
    const made = mkdirSync(folder, { recursive: true })
    if (made !== undefined) chmodSync(folder, folderMode)
    wanted = incoming
    mkdirSync(incoming, { recursive: true, mode: privateMode })
  } catch (cause) {
    throw notMade(place, wanted, reason(cause), cause)
  }
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
    throw apart(place, sameDevice ? reason(cause) : `${reason(cause)}; they are on different devices`, cause)
  } finally {
    rmSync(target, { force: true })
  }
}

function apart(place: Place, why: string, cause?: unknown): Error {
  return new Error(
    `fsStore: ${place.incoming} and ${place.folder} must be writable folders of one mounted file system with hard ` +
      `links (${why}). Name another folder beside the public one in the option "incoming". ${oneFolder(place)}`,
    { cause },
  )
}

function notMade(place: Place, wanted: string, why: string, cause?: unknown): Error {
  const message =
    wanted === place.folder
      ? `${wanted} cannot be made: ${why}. ${ownership(wanted)}`
      : `${wanted}, where commits are prepared, cannot be made: ${why}. ${oneFolder(place)}`
  return new Error(`fsStore: ${message}`, { cause })
}

function notWritable(folder: string): string {
  return `${folder} is no folder that this process may write to`
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

function ownership(folder: string): string {
  const user = process.getuid?.()
  return `Make it, writable for the user of this process${user === undefined ? '' : ` (uid ${user})`}: mkdir -p ${folder}`
}

/** For a volume, or the one folder that a container's user may write to: beside it there is nothing. */
function oneFolder({ folder }: Place): string {
  const inside = join(folder, 'images')
  return (
    `Where ${folder} is a mount point or the only folder that may be written to, keep the images in a folder ` +
    `inside it, store: '${inside}', and serve that: commits are then prepared in ${incomingFolderOf(inside)}.`
  )
}
