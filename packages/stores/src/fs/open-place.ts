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
  const made = mkdirSync(place.folder, { recursive: true })
  if (made !== undefined) chmodSync(place.folder, folderMode)
  mkdirSync(place.incoming, { recursive: true, mode: privateMode })
  tryLink(place)
  return place
}

/** Two mounts of one device have the same device number and still refuse links: only trying tells. */
function tryLink({ folder, incoming }: Place): void {
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
    throw new Error(
      `fsStore: ${incoming} and ${folder} must be writable folders of one mounted file system with hard links ` +
        `(${cause instanceof Error ? cause.message : cause}${sameDevice ? '' : '; they are on different devices'}). ` +
        'Name a folder beside the public one in the option "incoming".',
      { cause },
    )
  } finally {
    rmSync(target, { force: true })
  }
}
