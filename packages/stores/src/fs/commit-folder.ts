import { lstat, mkdir, readdir, rename, rm, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type FileToStore, keyGrammar } from '@sluice/core'
import { checkAbort, isSame, mainLast, storeConflict } from '../refuse.js'
import { ignoreMissing, makeFolderDurably, syncFolder, wasThere, writeDurably } from './durable.js'
import { type Place, privateMode } from './layout.js'
import { newOwner } from './owner.js'
import { type Publisher, takeBackTaken, takenIn } from './publish.js'
import { checkMonth } from './surroundings.js'

/*
 * A commit is a folder of its own, outside the public one. Its entries are the finished files, so it is its
 * own journal: whoever finds it knows which public names to take back. Its name is the state, and every
 * change of state is one atomic rename, which only one process can win:
 *
 *   name          files are being written or linked; if its process is dead, the commit is taken back
 *   name.done     the commit stands; only the folder is still to be removed
 *   name.undone   the commit is being taken back
 *   name.kept     of a repeatable commit: what it has linked stays, whatever becomes of it
 */
const done = '.done'
const undone = '.undone'
const kept = '.kept'

/**
 * Gives all files their public names, or none. A file that is there already is an error, by the act itself:
 * nothing is looked at first, so there is no time between check and use (TOCTOU) in which somebody could come
 * in between.
 */
export async function commitAll(
  place: Place,
  publisher: Publisher,
  files: readonly FileToStore[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const folder = join(place.incoming, newOwner())
  const publicFolders = [...new Set(files.map(({ key }) => dirname(join(place.folder, key))))]
  try {
    await stage(folder, files)
    await syncFolder(place.incoming)
    for (const path of publicFolders) await openMonth(path)
    checkAbort(signal)
    for (const { key } of files)
      await publisher.publish(join(folder, stagedName(key)), join(place.folder, key))
    for (const path of publicFolders) await syncFolder(path)
    checkAbort(signal)
    await rename(folder, folder + done)
    await syncFolder(place.incoming)
  } catch (thrown) {
    await takeBack(place, folder)
    throw thrown
  }
  // The commit stands whether or not this works; the next start tries again.
  await rm(folder + done, { recursive: true, force: true }).catch(() => {})
}

/**
 * Publishes what is not there yet. Others may be doing the same, or have done it: what is there with the same bytes is as
 * good as our own, and nothing is taken back.
 */
export async function commitRepeatably(
  place: Place,
  publisher: Publisher,
  files: readonly FileToStore[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const folder = join(place.incoming, newOwner() + kept)
  const publicFolders = [...new Set(files.map(({ key }) => dirname(join(place.folder, key))))]
  try {
    await stage(folder, files)
    for (const path of publicFolders) await openMonth(path)
    checkAbort(signal)
    for (const { key, bytes } of mainLast(files)) {
      const path = join(place.folder, key)
      const there = await publisher.publishUnlessThere(join(folder, stagedName(key)), path)
      if (there !== undefined && !isSame(there, bytes)) throw storeConflict(key)
    }
    // Also where another attempt has linked them: its own sync may never come.
    for (const path of publicFolders) await syncFolder(path)
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => {})
  }
}

async function openMonth(path: string): Promise<void> {
  await makeFolderDurably(path)
  await checkMonth(path)
}

async function stage(folder: string, files: readonly FileToStore[]): Promise<void> {
  await mkdir(folder, { mode: privateMode })
  for (const { key, bytes } of files) await writeDurably(join(folder, stagedName(key)), bytes)
  await syncFolder(folder)
}

/** Takes a commit back, unless somebody else has won its folder. */
export async function takeBack(place: Place, folder: string): Promise<void> {
  const won =
    (await wasThere(rename(folder, folder + undone))) ||
    (await wasThere(rename(folder + done, folder + undone)))
  if (won) await undo(place, folder + undone)
}

/**
 * Finishes what a process that died had begun. Idempotent: any number of processes may do this, at once and
 * again.
 */
export async function settle(place: Place, folder: string): Promise<void> {
  if (folder.endsWith(done) || folder.endsWith(kept)) await rm(folder, { recursive: true, force: true })
  else if (folder.endsWith(undone)) await undo(place, folder)
  else await takeBack(place, folder)
}

export function isSettling(name: string): boolean {
  return name.endsWith(done) || name.endsWith(undone)
}

/** The owner in the name of a commit whose process may be alive. */
export function ownerIn(name: string): string {
  return name.endsWith(kept) ? name.slice(0, -kept.length) : name
}

async function undo(place: Place, folder: string): Promise<void> {
  const touched = new Set<string>()
  const entries = await readdir(folder)
  for (const name of takenIn(entries)) {
    const path = join(place.folder, keyOf(name))
    if (!keyGrammar.test(keyOf(name))) continue
    if (await takeBackTaken(path, entries.includes(name))) touched.add(dirname(path))
  }
  for (const name of entries) {
    const path = join(place.folder, keyOf(name))
    if (!keyGrammar.test(keyOf(name))) continue
    // The key may belong to another commit, which is why this one failed: only our own file goes.
    if (!(await isSameFile(join(folder, name), path))) continue
    await wasThere(unlink(path))
    touched.add(dirname(path))
  }
  for (const path of touched) await syncFolder(path)
  await rm(folder, { recursive: true, force: true })
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([lstat(one), lstat(other).catch(ignoreMissing)])
  return b !== undefined && a.ino === b.ino && a.dev === b.dev
}

/** A key has exactly one slash and no underscore. */
function stagedName(key: string): string {
  return key.replace('/', '_')
}

function keyOf(name: string): string {
  return name.replace('_', '/')
}
