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
import { folderMode, incomingFolderOf, linkTest, type Place, privateMode } from './layout.js'
import { cannotLink, cannotMake } from './place-errors.js'

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
    if (wanted !== existing) checkWritable(place, wanted, existing)
  if (statSync(above).dev !== statSync(beside).dev) throw cannotLink(place, true)
  return false
}

function checkWritable(place: Place, wanted: string, existing: string): void {
  try {
    // Of a file it fails as well.
    readdirSync(existing)
    accessSync(existing, constants.W_OK)
  } catch (cause) {
    throw cannotMake(place, wanted, cause)
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
  make(place, folder, () => {
    const made = mkdirSync(folder, { recursive: true })
    if (made !== undefined) chmodSync(folder, folderMode)
  })
  make(place, incoming, () => mkdirSync(incoming, { recursive: true, mode: privateMode }))
  tryLink(place)
}

function make(place: Place, folder: string, work: () => void): void {
  try {
    work()
  } catch (cause) {
    throw cannotMake(place, folder, cause)
  }
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
    throw cannotLink(place, statSync(folder).dev !== statSync(incoming).dev, cause)
  } finally {
    rmSync(target, { force: true })
  }
}
