import { randomUUID } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { folderMode, incomingFolderOf, linkTest, type Place, privateMode } from './layout.js'

/**
 * Makes both folders and tries whether a file can be linked from one into the other.
 * @throws Error that says what to configure
 */
export function openPlace(folder: string, incoming?: string): Place {
  const place = {
    folder: resolve(folder),
    incoming: resolve(incoming ?? incomingFolderOf(folder)),
  }
  const inside = relative(place.folder, place.incoming)
  if (!inside.startsWith('..'))
    throw new Error(
      `fsStore: incoming must be outside the public folder, but ${place.incoming} is in ${place.folder}`,
    )
  makeFolders(place)
  tryLink(place)
  return place
}

function makeFolders(place: Place): void {
  const { folder, incoming } = place
  try {
    const made = mkdirSync(folder, { recursive: true })
    if (made !== undefined) chmodSync(folder, folderMode)
  } catch (cause) {
    throw new Error(`fsStore: ${folder} cannot be made: ${reason(cause)}. ${ownership(folder)}`, { cause })
  }
  try {
    mkdirSync(incoming, { recursive: true, mode: privateMode })
  } catch (cause) {
    throw new Error(
      `fsStore: ${incoming}, where commits are prepared, cannot be made: ${reason(cause)}. ${oneFolder(place)}`,
      { cause },
    )
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
    const { dev } = statSync(folder)
    const apart = dev === statSync(incoming).dev ? '' : '; they are on different devices'
    throw new Error(
      `fsStore: ${incoming} and ${folder} must be writable folders of one mounted file system with hard links ` +
        `(${reason(cause)}${apart}). Name another folder beside the public one in the option "incoming". ` +
        oneFolder(place),
      { cause },
    )
  } finally {
    rmSync(target, { force: true })
  }
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
