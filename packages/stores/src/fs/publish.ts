import { link, lstat, open, rename, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ignoreMissing, isErrno, readPlain, wasThere } from './durable.js'
import { fileMode } from './layout.js'

/** How a finished file gets its public name, all of it at once, and never over another. */
export interface Publisher {
  /** @throws NodeJS.ErrnoException EEXIST where the name is taken, by the act itself: no race (TOCTOU) */
  publish(staged: string, path: string): Promise<void>
  /** @returns the bytes of what has the name already, in whose place nothing was put; undefined where it was free */
  publishUnlessThere(staged: string, path: string): Promise<Uint8Array | undefined>
}

export const byLink: Publisher = {
  publish: (staged, path) => link(staged, path),
  async publishUnlessThere(staged, path) {
    try {
      await link(staged, path)
      return undefined
    } catch (thrown) {
      if (isErrno(thrown, 'EEXIST')) return await readPlain(path)
      throw thrown
    }
  },
}

/**
 * For file systems without hard links (FAT, exFAT, some network and user-space ones). `rename` would write over what is
 * there, so the name is taken first, by an empty file that O_EXCL makes; a note beside the staged file says so, for
 * whoever takes the commit back. For a moment, and after a crash until the next start, an empty file has a name that
 * nobody was told.
 */
export const byRename: Publisher = {
  async publish(staged, path) {
    await take(noteOf(staged))
    try {
      await take(path)
    } catch (thrown) {
      // The name is another commit's: taking this one back must not touch it.
      if (isErrno(thrown, 'EEXIST')) await unlink(noteOf(staged))
      throw thrown
    }
    await rename(staged, path)
  },
  async publishUnlessThere(staged, path) {
    const there = (await lstat(path).catch(ignoreMissing)) && (await readPlain(path))
    // Empty: another attempt has taken the name, for the same bytes.
    if (there !== undefined && there.length > 0) return there
    await rename(staged, path)
    return undefined
  },
}

const note = '.taken'

function noteOf(staged: string): string {
  return join(dirname(staged), basename(staged) + note)
}

/** What of a commit folder's entries are notes of `byRename`: the names of staged files that they are about. */
export function takenIn(entries: readonly string[]): readonly string[] {
  return entries.filter(name => name.endsWith(note)).map(name => name.slice(0, -note.length))
}

/**
 * Takes a name back that `byRename` had taken: the file, where the staged one is gone, else what holds its place.
 * @returns whether there was something
 */
export async function takeBackTaken(path: string, isStaged: boolean): Promise<boolean> {
  const found = await lstat(path).catch(ignoreMissing)
  if (found === undefined || !found.isFile() || (isStaged && found.size > 0)) return false
  return await wasThere(unlink(path))
}

async function take(path: string): Promise<void> {
  await (await open(path, 'wx', fileMode)).close()
}
