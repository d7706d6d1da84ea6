import { lstat, readdir, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { keyGrammar, type Store, UploadError } from '@sluice/core'
import { commitAll, commitRepeatably } from './fs/commit-folder.js'
import { ignoreMissing, isErrno, readPlain, syncFolder, wasThere } from './fs/durable.js'
import { isThere, namePlace, openPlace } from './fs/open-place.js'
import type { Publisher } from './fs/publish.js'
import { recover } from './fs/recover.js'
import { isFolder, pathOf } from './fs/surroundings.js'
import { checkKeys, storeFailed } from './refuse.js'

export interface FsStoreOptions {
  /**
   * Where commits are prepared: a folder of the same mounted file system, outside the public folder, not
   * served. Default: `.<name>-incoming` beside the public folder.
   */
  readonly incoming?: string
  /**
   * Age at which a commit that another machine left unfinished is rolled back, in milliseconds.
   * Those of dead processes of this machine are rolled back at start. Default: one hour.
   */
  readonly abandonedAfterMs?: number
}

/**
 * Keeps files in a folder that a web server may serve: `YYYYMM/<32 hex digits>.webp`, mode 0644, folders
 * 0755. Files are written elsewhere, fsynced, and linked in under a name that did not exist; a crash at any
 * instant leaves no partial public file, no half commit after the next start, and loses nothing that was
 * accepted. Folders that are missing are made with the first use. Folders are trusted only if they belong to
 * the process's user, and no link in them is followed. A file system without hard links is reported once, by
 * a warning of the process.
 * @throws Error at start if the folders are not of one file system, cannot be made, or are another user's
 */
export function fsStore(folder: string, options: FsStoreOptions = {}): Store {
  const { abandonedAfterMs = 3_600_000 } = options
  const place = namePlace(folder, options.incoming)
  let opened: Promise<Publisher> | undefined
  let recovered = 0

  /** Makes what is missing and takes back what was left unfinished, once; what failed is tried again. */
  function open(): Promise<Publisher> {
    opened ??= openAndRecover()
    opened.catch(() => {
      opened = undefined
    })
    return opened
  }

  async function openAndRecover(): Promise<Publisher> {
    try {
      const publisher = openPlace(place)
      await recoverNow()
      return publisher
    } catch (cause) {
      throw storeFailed(`could not open or recover ${place.incoming}: ${cause}`, cause)
    }
  }

  async function recoverNow(): Promise<void> {
    recovered = performance.now()
    await recover(place, abandonedAfterMs)
  }

  if (isThere(place)) {
    openPlace(place)
    open()
  }

  return {
    async commit(files, { signal, repeatable = false } = {}) {
      checkKeys(files)
      try {
        const publisher = await open()
        // What a container has left that was killed may be settled only now: its process cannot be asked for.
        if (performance.now() - recovered > recoverEveryMs) await recoverNow()
        await (repeatable ? commitRepeatably : commitAll)(place, publisher, files, signal)
      } catch (thrown) {
        if (thrown instanceof UploadError) throw thrown
        throw storeFailed(String(thrown), thrown)
      }
    },
    async get(key) {
      if (!keyGrammar.test(key)) return undefined
      await open()
      const path = await pathOf(place, key)
      if (path === undefined) return undefined
      try {
        return new Uint8Array(await readPlain(path))
      } catch (thrown) {
        // Not there, or a link: nothing that was stored here.
        if (isErrno(thrown, 'ENOENT', 'ELOOP', 'EMLINK', 'ENXIO')) return undefined
        throw storeFailed(String(thrown), thrown)
      }
    },
    async delete(key) {
      if (!keyGrammar.test(key)) return
      await open()
      const path = await pathOf(place, key)
      if (path !== undefined && (await wasThere(unlink(path)))) await syncFolder(dirname(path))
    },
    async *list(prefix = '') {
      await open()
      for (const key of await keysIn(place.folder, prefix)) {
        const entry = await lstat(join(place.folder, key)).catch(ignoreMissing) // Deleted meanwhile.
        if (entry?.isFile()) yield { key, bytes: entry.size }
      }
    },
  }
}

/** How often a store that is in use looks for commits that others have left unfinished. */
const recoverEveryMs = 600_000

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
    // What a link points to is none of ours.
    return (await isFolder(path)) ? await readdir(path) : []
  } catch (thrown) {
    if (isErrno(thrown, 'ENOTDIR', 'ENOENT')) return []
    throw thrown
  }
}
