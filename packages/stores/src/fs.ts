import { readdir, readFile, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { keyGrammar, type Store, UploadError } from '@sluice/core'
import { commitAll } from './fs/commit-folder.js'
import { ignoreMissing, isErrno, syncFolder, wasThere } from './fs/durable.js'
import type { Place } from './fs/layout.js'
import { isThere, namePlace, openPlace } from './fs/open-place.js'
import { recover } from './fs/recover.js'
import { checkKeys, storeFailed } from './refuse.js'

export interface FsStoreOptions {
  /**
   * Where commits are prepared: a folder of the same mounted file system, outside the public folder, not
   * served. Default: `.<name>-incoming` beside the public folder.
   */
  readonly incoming?: string
  /**
   * A commit that another machine has left unfinished for so long is taken back at start, in milliseconds.
   * Those of dead processes of this machine are at once. Default: one hour.
   */
  readonly abandonedAfterMs?: number
}

/**
 * Keeps files in a folder that a web server may serve: `YYYYMM/<32 hex digits>.webp`, mode 0644, folders
 * 0755. Files are written elsewhere, fsynced, and linked in under a name that did not exist; a crash at any
 * instant leaves no partial public file, no half commit after the next start, and loses nothing that was
 * accepted. Folders that are missing are made with the first use.
 * @throws Error at start if the folders are not of one file system, or cannot be made
 */
export function fsStore(folder: string, options: FsStoreOptions = {}): Store {
  const { abandonedAfterMs = 3_600_000 } = options
  const place = namePlace(folder, options.incoming)
  let opened: Promise<void> | undefined

  /** Makes what is missing and takes back what was left unfinished, once; what failed is tried again. */
  function open(): Promise<void> {
    opened ??= openAndRecover(place, abandonedAfterMs)
    opened.catch(() => {
      opened = undefined
    })
    return opened
  }
  if (isThere(place)) {
    openPlace(place)
    open()
  }

  return {
    async commit(files, { signal } = {}) {
      checkKeys(files)
      try {
        await open()
        await commitAll(place, files, signal)
      } catch (thrown) {
        if (thrown instanceof UploadError) throw thrown
        throw storeFailed(String(thrown), thrown)
      }
    },
    async get(key) {
      if (!keyGrammar.test(key)) return undefined
      await open()
      try {
        return new Uint8Array(await readFile(join(place.folder, key)))
      } catch (thrown) {
        if (isErrno(thrown, 'ENOENT')) return undefined
        throw storeFailed(String(thrown), thrown)
      }
    },
    async delete(key) {
      if (!keyGrammar.test(key)) return
      await open()
      const path = join(place.folder, key)
      if (await wasThere(unlink(path))) await syncFolder(dirname(path))
    },
    async *list(prefix = '') {
      await open()
      for (const key of await keysIn(place.folder, prefix)) {
        const entry = await stat(join(place.folder, key)).catch(ignoreMissing) // Deleted meanwhile.
        if (entry?.isFile()) yield { key, bytes: entry.size }
      }
    },
  }
}

async function openAndRecover(place: Place, abandonedAfterMs: number): Promise<void> {
  try {
    openPlace(place)
    await recover(place, abandonedAfterMs)
  } catch (cause) {
    throw storeFailed(`could not open or recover ${place.incoming}: ${cause}`, cause)
  }
}

/** Foreign names are left out; `sluice audit` reports them. */
async function keysIn(folder: string, prefix: string): Promise<readonly string[]> {
  const months = (await readdir(folder)).filter(month => month.startsWith(prefix.slice(0, 6)))
  const keys = await Promise.all(
    months.map(async month => (await readMonth(join(folder, month))).map(name => `${month}/${name}`)),
  )
  return keys.flat().filter(key => key.startsWith(prefix) && keyGrammar.test(key))
}

async function readMonth(path: string): Promise<readonly string[]> {
  try {
    return await readdir(path)
  } catch (thrown) {
    if (isErrno(thrown, 'ENOTDIR', 'ENOENT')) return []
    throw thrown
  }
}
