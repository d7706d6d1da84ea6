import { constants } from 'node:fs'
import { chmod, link, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileMode, folderMode } from './layout.js'

/**
 * Writes a new file, of mode 0644 unless told otherwise, and waits until its bytes are on the disk. An existing file is an error:
 * O_EXCL checks and creates in one act, where a look before it would be a race (TOCTOU).
 */
export async function writeDurably(
  path: string,
  content: Uint8Array | string,
  mode = fileMode,
): Promise<void> {
  const { O_CREAT, O_EXCL, O_WRONLY } = constants
  const file = await open(path, O_CREAT | O_EXCL | O_WRONLY, mode)
  try {
    await file.writeFile(content)
    // The process's umask may have taken rights away. By its path: `node --permission` forbids fchmod.
    await chmod(path, mode)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Links a file under a name that is not there. @returns false where it is, by `link` itself: no race (TOCTOU) */
export async function linkNew(existing: string, path: string): Promise<boolean> {
  try {
    await link(existing, path)
    return true
  } catch (thrown) {
    if (isErrno(thrown, 'EEXIST')) return false
    throw thrown
  }
}

/** Reads a file that is no symbolic link: what somebody has put there is not followed. */
export async function readPlain(path: string): Promise<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    return await file.readFile()
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
export async function ifThere(work: Promise<unknown>): Promise<boolean> {
  try {
    await work
    return true
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT')) return false
    throw thrown
  }
}
