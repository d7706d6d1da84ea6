import { chmodSync, constants, mkdirSync, realpathSync, statSync } from 'node:fs'
import { lstat, mkdir, open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Store } from '@sluice/core'
import { fsStore } from '@sluice/stores/fs'
import { ignoreMissing, isErrno } from '@sluice/stores/fs/durable'
import { folderMode, privateMode } from '@sluice/stores/fs/layout'
import { UsageError } from '../terminal.js'
import { countFiles, folderEntries, systemError } from './folder-entries.js'
import { type Library, type Looked, Unreadable } from './library.js'

/** No link is followed and no pipe waited for, whatever stands where a file was a moment ago. */
const carefully = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/** Longest file that is read, in bytes; nothing that this library makes is near it. */
export const longestFile = 256 * 1024 * 1024

/** @throws UsageError where there is no such folder */
export function folderLibrary(name: string, incoming?: string, make = false): Library {
  if (make) makeFolder(name)
  const folder = realFolder(name)
  return {
    name,
    folder,
    openStore: () => openFolderStore(folder, incoming),
    count: () => countFiles(folder),
    entries: after => folderEntries(folder, after),
    look: path => lookAt(join(folder, path)),
    has: async path => (await lstat(join(folder, path)).catch(ignoreMissing))?.isFile() ?? false,
    async quarantine(path, to) {
      const target = join(to, path)
      await mkdir(dirname(target), { recursive: true, mode: privateMode })
      // Nothing is written over: each run has a folder of its own.
      await rename(join(folder, path), target)
      return target
    },
  }
}

/** @throws UsageError where a folder is not as it should be, which is the operator's matter */
export function openFolderStore(folder: string, incoming?: string): Store {
  try {
    return fsStore(folder, incoming === undefined ? {} : { incoming })
  } catch (thrown) {
    if (thrown instanceof Error && /^fsStore: /.test(thrown.message)) throw new UsageError(thrown.message)
    throw thrown
  }
}

function makeFolder(name: string): void {
  const made = mkdirSync(name, { recursive: true })
  if (made !== undefined) chmodSync(name, folderMode)
}

/** @throws UsageError where there is no such folder */
export function realFolder(name: string): string {
  try {
    const folder = realpathSync(name)
    if (statSync(folder).isDirectory()) return folder
  } catch (thrown) {
    if (!isErrno(thrown, 'ENOENT', 'ENOTDIR')) throw new UsageError(systemError(thrown).message)
  }
  throw new UsageError(`${name} is not a folder`)
}

async function lookAt(path: string): Promise<Looked | undefined> {
  try {
    const file = await open(path, carefully)
    try {
      const { mode, uid, nlink, size, mtimeMs } = await file.stat()
      if (size > longestFile) throw new Unreadable('size', `${size} bytes`)
      const bytes = await file.readFile()
      return { bytes, modified: mtimeMs, rights: { mode: mode & 0o7777, uid, links: nlink } }
    } finally {
      await file.close()
    }
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT')) return undefined
    if (thrown instanceof Unreadable) throw thrown
    throw new Unreadable('unreadable', systemError(thrown).message)
  }
}
