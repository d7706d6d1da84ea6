import { lstatSync, realpathSync, type Stats } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { ignoreMissing } from './durable.js'
import type { Place } from './layout.js'

/*
 * What a store believes of the folders that it finds: that they are folders and no links to one, of the user of this
 * process, and that nobody else can put something into them. Windows says nothing of owners and modes.
 */

const writableByOthers = 0o022

/**
 * Holds the folder where commits are prepared to it, and that no link brings it into the one that is served.
 * @throws Error that says what to do
 */
export function checkIncoming({ folder, incoming }: Place): void {
  checkOwn(incoming, lstatSync(incoming))
  const [served, prepared] = [realpathSync(folder), realpathSync(incoming)]
  if (!relative(served, prepared).startsWith('..'))
    throw new Error(
      `fsStore: ${incoming} is ${prepared}, in the folder that is served: half a commit must not be`,
    )
}

/**
 * Holds the folder of a month to it, before files are linked into it.
 * @throws Error that says what to do
 */
export async function checkMonth(path: string): Promise<void> {
  checkOwn(path, await lstat(path))
}

/**
 * The path of a key, or undefined where its month is no folder: what a link in its place points to is none of ours.
 */
export async function pathOf({ folder }: Place, key: string): Promise<string | undefined> {
  return (await isFolder(join(folder, key.slice(0, 6)))) ? join(folder, key) : undefined
}

/** A folder itself, and no link to one. */
export async function isFolder(path: string): Promise<boolean> {
  return (await lstat(path).catch(ignoreMissing))?.isDirectory() === true
}

function checkOwn(path: string, found: Stats): void {
  if (!found.isDirectory())
    throw new Error(`fsStore: ${path} is no folder: a link is not followed. Remove it`)
  const user = process.geteuid?.()
  if (user === undefined) return
  if (found.uid !== user)
    throw new Error(
      `fsStore: ${path} belongs to user ${found.uid}, and this process is user ${user}: run everything that stores ` +
        `as one user, or give the folder to this one: chown ${user} ${path}`,
    )
  if ((found.mode & writableByOthers) !== 0)
    throw new Error(
      `fsStore: others may write to ${path} (mode 0${(found.mode & 0o7777).toString(8)}): chmod go-w ${path}`,
    )
}
