import { randomUUID } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import process from 'node:process'
import { isErrno } from './durable.js'
import {
  fileMode,
  folderMode,
  incomingFolderOf,
  isProbe,
  type Place,
  privateMode,
  probeName,
} from './layout.js'
import { cannotLink, cannotMake } from './place-errors.js'
import { byLink, byRename, type Publisher } from './publish.js'
import { checkIncoming } from './surroundings.js'

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
 * Makes both folders, holds them to what a store believes of them, and tries whether a file can be linked from one into
 * the other.
 * @returns how files get their public names there
 * @throws Error that says what to configure
 */
export function openPlace(place: Place): Publisher {
  const { folder, incoming } = place
  make(place, folder, () => {
    const made = mkdirSync(folder, { recursive: true })
    if (made !== undefined) chmodSync(folder, folderMode)
  })
  make(place, incoming, () => mkdirSync(incoming, { recursive: true, mode: privateMode }))
  checkIncoming(place)
  return probeLinks(place)
}

function make(place: Place, folder: string, work: () => void): void {
  try {
    work()
  } catch (cause) {
    throw cannotMake(place, folder, cause)
  }
}

/**
 * Two mounts of one device have the same device number and still refuse links, and some file systems have none: only
 * trying tells. Under names that nobody can foresee, so that nothing can lie in wait there.
 */
function probeLinks(place: Place): Publisher {
  const { folder, incoming } = place
  removeProbes(folder)
  const name = probeName(randomUUID())
  const [from, to] = [join(incoming, name), join(folder, name)]
  try {
    writeFileSync(from, '', { flag: 'wx', mode: fileMode })
    return link(from, to) ? byLink : withoutLinks(place)
  } catch (cause) {
    throw cannotLink(place, statSync(folder).dev !== statSync(incoming).dev, cause)
  } finally {
    for (const path of [from, to]) rmSync(path, { force: true })
  }
}

/** @returns false where the file system has no hard links, and a file can be renamed from one folder to the other */
function link(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (thrown) {
    // Of FAT, and of what knows no such call.
    if (!isErrno(thrown, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) throw thrown
    renameSync(from, to)
    return false
  }
}

const told = new Set<string>()

function withoutLinks({ folder }: Place): Publisher {
  if (!told.has(folder))
    process.emitWarning(
      `fsStore: the file system of ${folder} has no hard links: files are renamed into it, and a commit that is ` +
        'stopped half way may leave an empty file until the next start',
      { code: 'SLUICE_NO_HARD_LINKS' },
    )
  told.add(folder)
  return byRename
}

/** Of starts that were killed. What another user has left is not ours to remove, and does no harm. */
function removeProbes(folder: string): void {
  for (const name of readdirSync(folder).filter(isProbe))
    try {
      rmSync(join(folder, name), { force: true })
    } catch (thrown) {
      if (!isErrno(thrown, 'EACCES', 'EPERM', 'EISDIR', 'ERR_FS_EISDIR')) throw thrown
    }
}
