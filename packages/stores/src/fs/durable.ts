import { constants } from 'node:fs'
import { chmod, lstat, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileMode, folderMode } from './layout.js'

/**
 * Writes a new file, of mode 0644 unless told otherwise, and waits until its bytes are on the disk. An existing file
 * is an error: O_EXCL checks and creates in one act, where a look before it would be a race (TOCTOU).
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
    // The process's umask may have taken rights away.
    await setMode(path, mode)
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * Reads an ordinary file: a link that somebody has put there is not followed, and a pipe not waited for.
 * @throws NodeJS.ErrnoException; of code ELOOP for whatever is no file
 */
export async function readPlain(path: string): Promise<Uint8Array> {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants
  const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  try {
    if (!(await file.stat()).isFile()) throw Object.assign(new Error(`${path} is no file`), { code: 'ELOOP' })
    return await file.readFile()
  } finally {
    await file.close()
  }
}

/**
 * By its path: `node --permission` forbids fchmod. A file system without modes (FAT) refuses what its mount does not
 * say; that others cannot write is enough then.
 */
async function setMode(path: string, mode: number): Promise<void> {
  try {
    await chmod(path, mode)
  } catch (thrown) {
    if (!isErrno(thrown, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP')) throw thrown
    if (((await lstat(path)).mode & 0o022) !== 0) throw thrown
  }
}

/** Makes a public folder if it is not there, and waits until its entry is on the disk. */
export async function makeFolderDurably(path: string): Promise<void> {
  try {
    await mkdir(path)
    await setMode(path, folderMode) // mkdir's own mode is cut by the umask.
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
