import { createHash, randomBytes } from 'node:crypto'
import {
  chmod,
  copyFile,
  link,
  lstat,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  unlink,
  utimes,
} from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { keyGrammar } from '@sluice/core'
import {
  ignoreMissing,
  isErrno,
  makeFolderDurably,
  syncFolder,
  writeDurably,
} from '@sluice/stores/fs/durable'
import { folderMode, privateMode } from '@sluice/stores/fs/layout'
import { type Hashed, sumsIn } from '../lists/sums.js'
import { mapInOrder } from '../map-in-order.js'
import { UsageError } from '../terminal.js'
import { databaseNames, filesName, sumsName } from './backup-folders.js'
import { BackupError, loadDatabase } from './dump-database.js'
import { hashOf } from './make-backup.js'

export interface RestoreOptions {
  /** The public folder. */
  readonly to: string
  /** Of a database: a shell command that reads the dump, or where the SQLite file goes. */
  readonly database?: string | undefined
  readonly sqlite?: string | undefined
  /** Puts files in the place of others with the same name, which are kept aside. */
  readonly over: boolean
  readonly dryRun: boolean
  readonly jobs: number
  readonly signal?: AbortSignal | undefined
  onProgress(files: number): void
}

export interface Restored {
  /** Written now. */
  readonly files: number
  /** Were already there, with the right bytes: of a run that was cut off, or never lost. */
  readonly there: number
  /** Others of the same name, kept aside. */
  readonly replaced: number
  readonly aside: string
}

/**
 * Brings the files of a backup back, then its database, so that no row is without its file at any time. Each file is held to
 * its hash on the way, and appears under its name when it is whole; nothing is deleted. It may be stopped anywhere and run
 * again.
 * @throws BackupError where a file of the backup is not what it was, or the place has others
 */
export async function restoreBackup(folder: string, options: RestoreOptions): Promise<Restored> {
  const { to, jobs, signal, dryRun } = options
  const target = resolve(to)
  const aside = join(dirname(target), `.${basename(target)}-replaced`)
  const place = { folder, target, aside, incoming: join(dirname(target), `.${basename(target)}-restoring`) }
  await checkDatabase(folder, options)
  if (!dryRun) await makePlace(place)
  const counts = { files: 0, there: 0, replaced: 0 }
  const months = new Set<string>()
  const work = async (hashed: Hashed) => restoreFile(hashed, place, options)
  for await (const restored of mapInOrder(sumsIn(join(folder, sumsName)), jobs, work, signal)) {
    counts[restored.how]++
    months.add(dirname(restored.key))
    options.onProgress(counts.files + counts.there)
  }
  if (signal?.aborted) throw new BackupError('interrupted; run it again to resume')
  if (!dryRun) {
    for (const month of months) await syncFolder(join(target, month))
    await rm(place.incoming, { recursive: true, force: true })
    await restoreDatabase(folder, options)
  }
  return { files: counts.files + counts.replaced, there: counts.there, replaced: counts.replaced, aside }
}

interface Place {
  readonly folder: string
  readonly target: string
  /** Where files are written before they have their name: of the same file system. */
  readonly incoming: string
  readonly aside: string
}

async function makePlace({ target, incoming }: Place): Promise<void> {
  const made = await mkdir(target, { recursive: true })
  if (made !== undefined) await chmod(target, folderMode)
  await rm(incoming, { recursive: true, force: true })
  await mkdir(incoming, { mode: privateMode })
}

interface RestoredFile {
  readonly key: string
  readonly how: 'files' | 'there' | 'replaced'
}

async function restoreFile(
  { key, hash }: Hashed,
  place: Place,
  { over, dryRun }: RestoreOptions,
): Promise<RestoredFile> {
  if (!keyGrammar.test(key)) throw new TypeError(key)
  const path = join(place.target, key)
  const found = await lstat(path).catch(ignoreMissing)
  if (found?.isFile() && (await hashOf(path)) === hash) return { key, how: 'there' }
  if (found && !over)
    throw new BackupError(`${path} exists with different content: restore elsewhere, or pass --over`)
  const source = join(place.folder, filesName, key)
  const bytes = await readFile(source).catch((thrown: Error) => {
    throw new BackupError(`a file of the backup is missing: ${thrown.message}`)
  })
  if (createHash('sha256').update(bytes).digest('hex') !== hash)
    throw new BackupError(`the backup has changed: ${source} is not what ${sumsName} says`)
  const how = found ? 'replaced' : 'files'
  if (dryRun) return { key, how }
  const { mtime } = await lstat(source)
  const whole = join(place.incoming, randomBytes(8).toString('hex'))
  await writeDurably(whole, bytes)
  await utimes(whole, mtime, mtime)
  await makeFolderDurably(dirname(path))
  if (found) await moveAside(path, join(place.aside, key))
  await placeFile(whole, path)
  return { key, how }
}

/** Under its name only when it is whole, and never over another. */
async function placeFile(whole: string, path: string): Promise<void> {
  try {
    await link(whole, path)
    await unlink(whole)
  } catch (thrown) {
    // A file system without hard links.
    if (!isErrno(thrown, 'EPERM', 'ENOTSUP', 'ENOSYS')) throw thrown
    if (await lstat(path).catch(ignoreMissing)) throw new BackupError(`${path} appeared in the meantime`)
    await rename(whole, path)
  }
}

async function moveAside(path: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: privateMode })
  const free = (await lstat(to).catch(ignoreMissing)) ? `${to}.${randomBytes(4).toString('hex')}` : to
  await rename(path, free)
}

/** Before anything is written: what was asked for is in the backup, whole, and has a place. */
async function checkDatabase(folder: string, { database, sqlite, over }: RestoreOptions): Promise<void> {
  const wanted = [
    ...(database === undefined ? [] : [databaseNames.command]),
    ...(sqlite === undefined ? [] : [databaseNames.sqlite]),
  ]
  for (const name of wanted) {
    const found = await hashOf(join(folder, name))
    if (found === undefined) throw new UsageError(`${folder} has no ${name}`)
    const line = (await readFile(join(folder, sumsName), 'utf8').then(text => text.slice(0, 200))).split(
      '\n',
      1,
    )[0]
    if (line?.endsWith(`  ${name}`) && !line.startsWith(found))
      throw new BackupError(`the backup has changed: ${name} is not what ${sumsName} says`)
  }
  if (sqlite !== undefined && !over && (await hashOf(sqlite)) !== undefined) {
    if ((await hashOf(sqlite)) !== (await hashOf(join(folder, databaseNames.sqlite))))
      throw new BackupError(`${sqlite} exists: restore elsewhere, or pass --over`)
  }
}

async function restoreDatabase(folder: string, { database, sqlite }: RestoreOptions): Promise<void> {
  if (database !== undefined) await loadDatabase(database, join(folder, databaseNames.command))
  if (sqlite === undefined) return
  const whole = `${sqlite}.restoring`
  await rm(whole, { force: true })
  await copyFile(join(folder, databaseNames.sqlite), whole)
  await chmod(whole, 0o600)
  const file = await open(whole, 'r+')
  await file.sync().finally(() => file.close())
  // A log of the old database would be played into the new one (SQLite file format, 4).
  for (const name of [sqlite, `${sqlite}-wal`, `${sqlite}-shm`, `${sqlite}-journal`])
    if (await lstat(name).catch(ignoreMissing)) await moveAside(name, `${name}.replaced`)
  await rename(whole, sqlite)
  await syncFolder(dirname(resolve(sqlite)))
}
