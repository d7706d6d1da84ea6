import { constants } from 'node:fs'
import { chmod, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileMode, folderMode } from './layout.js'

/**
 * Writes a new file of mode 0644 and waits until its bytes are on the disk. An existing file is an error:
 * O_EXCL checks and creates in one act, where a look before it would be a race (TOCTOU).
 */
export async function writeDurably(path: string, content: Uint8Array | string): Promise<void> {
  const { O_CREAT, O_EXCL, O_WRONLY } = constants
  const file = await open(path, O_CREAT | O_EXCL | O_WRONLY, fileMode)
  try {
    await file.writeFile(content)
    // The process's umask may have taken rights away. By its path: `node --permission` forbids fchmod.
    await chmod(path, fileMode)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes a public folder if it is not there, and waits until its entry is on the disk. */
export async function makeFolderDurably(path: string): Promise<void> {
  try {
    await mkdir(path)
    await chmod(path, folderMode) // mkdir's own mode is cut by the umask.
  } catch (thrown) {
    if (!isErrno(thrown, 'EEXIST')) throw thrown
  }
  // Also for a folder that was there: whoever made it may not have come this far yet.
  await syncFolder(dirname(path))
}

/**
 * Waits until the entries of a folder are on the disk (POSIX fsync of a directory; Windows has no such
 * thing).
 */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** By the code alone: Jest's Error is another one than Node's. */
export function isErrno(thrown: unknown, ...codes: readonly string[]): boolean {
  return codes.includes(String(Object(thrown).code))
}

/** For looking at what may have been removed already. */
export function ignoreMissing(thrown: unknown): undefined {
  if (!isErrno(thrown, 'ENOENT', 'ENOTDIR')) throw thrown
}

/** For removing what somebody else may have removed already: a missing file is no error. */
export async function wasThere(work: Promise<unknown>): Promise<boolean> {
  try {
    await work
    return true
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT')) return false
    throw thrown
  }
}
