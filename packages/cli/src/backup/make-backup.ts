import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { appendFile, lstat, mkdir, open, realpath, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { copySqlite } from '@sluice/records/sqlite'
import { ignoreMissing, isErrno } from '@sluice/stores/fs/durable'
import type { Library } from '../library/library.js'
import { followSums } from '../lists/sums.js'
import { UsageError } from '../terminal.js'
import {
  type About,
  databaseNames,
  filesName,
  listBackups,
  startBackup,
  sumsName,
  writeAbout,
} from './backup-folders.js'
import { type Copied, type CopyOptions, copyFiles } from './copy-files.js'
import { BackupError, dumpDatabase } from './dump-database.js'
import { rowsIn } from './pairing.js'

export interface DatabaseOptions {
  /** A shell command that prints a dump. */
  readonly command?: string | undefined
  /** An SQLite file. */
  readonly sqlite?: string | undefined
}

export interface BackupOptions {
  readonly to: string
  readonly database: DatabaseOptions
  readonly jobs: number
  /** Copies what the backup before has as well. */
  readonly full: boolean
  readonly signal?: AbortSignal | undefined
  onProgress(files: number): void
}

export interface Backup {
  readonly folder: string
  readonly about: About
}

/**
 * Copies a store's files together with a dump of the database whose rows name them.
 *
 * The database goes first. Files are never changed and a row is written after its files, so every row in the dump finds its
 * file in the copy, unless the application has deleted it meanwhile, which is written down; a file too many does no harm.
 * The folder appears under its name when all of it is on the disk; what fails leaves nothing.
 * @throws BackupError, UsageError
 */
export async function makeBackup(library: Library, options: BackupOptions): Promise<Backup> {
  const { to, signal } = options
  await refuseServed(library, to)
  const now = new Date()
  const partial = await startBackup(to, now)
  try {
    const database = await copyDatabase(options.database, partial.folder)
    const counts = await copyAll(library, partial.folder, options)
    if (signal?.aborted) throw new BackupError('called off')
    const gone = await pair(library, partial.folder, database)
    const known = { time: now, store: library.name, ...counts, database, gone }
    const about = await writeAbout(partial.folder, known)
    return { folder: await partial.finish(), about }
  } catch (thrown) {
    await partial.remove()
    throw thrown
  }
}

/** A backup has the database in it. */
export async function refuseServed({ folder }: Library, to: string): Promise<void> {
  if (folder === undefined) return
  if (!relative(folder, await realTarget(to)).startsWith('..'))
    throw new UsageError(`${to} is in ${folder}: a backup must not be served`)
}

/** Where a path leads, of which the last parts may not be there yet. */
async function realTarget(path: string): Promise<string> {
  const whole = resolve(path)
  if (await lstat(whole).catch(ignoreMissing)) return realpath(whole)
  return dirname(whole) === whole ? whole : join(await realTarget(dirname(whole)), basename(whole))
}

/** @returns what it has */
export async function copyDatabase(
  { command, sqlite }: DatabaseOptions,
  folder: string,
): Promise<About['database']> {
  if (command !== undefined) await dumpDatabase(command, join(folder, databaseNames.command))
  else if (sqlite !== undefined)
    await copySqlite(sqlite, join(folder, databaseNames.sqlite)).catch((thrown: Error) => {
      throw new BackupError(`the database cannot be copied: ${thrown.message}`)
    })
  else return 'none'
  return command === undefined ? 'sqlite' : 'command'
}

async function copyAll(library: Library, folder: string, options: BackupOptions) {
  const { jobs, signal, onProgress } = options
  const target = join(folder, filesName)
  await mkdir(target)
  await startList(folder)
  const previous = options.full ? undefined : await findPrevious(options.to)
  return writeList(folder, copyFiles(library, target, { jobs, signal, previous }), onProgress)
}

/** The list begins with the dump, so that `sha256sum` looks at it too. */
export async function startList(folder: string): Promise<void> {
  let line = ''
  for (const name of Object.values(databaseNames)) {
    const hash = await hashOf(join(folder, name))
    if (hash !== undefined) line = `${hash}  ${name}\n`
  }
  await writeFile(join(folder, sumsName), line, { mode: 0o600, flag: 'wx' })
}

/** Writes the list as files are done. */
export async function writeList(
  folder: string,
  copied: AsyncIterable<Copied>,
  onProgress: (files: number) => void,
): Promise<Pick<About, 'files' | 'bytes' | 'linked'>> {
  const counts = { files: 0, bytes: 0, linked: 0 }
  const sums = join(folder, sumsName)
  let lines = ''
  for await (const { key, hash, bytes, linked } of copied) {
    lines += `${hash}  ${filesName}/${key}\n`
    counts.files++
    counts.bytes += bytes
    counts.linked += Number(linked)
    onProgress(counts.files)
    if (lines.length < 65_536) continue
    await appendFile(sums, lines)
    lines = ''
  }
  await appendFile(sums, lines)
  await syncFile(sums)
  return counts
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

async function findPrevious(to: string): Promise<CopyOptions['previous']> {
  const name = (await listBackups(to)).at(-1)
  if (name === undefined || !(await lstat(join(to, name, sumsName)).catch(ignoreMissing))) return undefined
  return { files: join(to, name, filesName), hashOf: followSums(join(to, name, sumsName)) }
}

/** Of a file of any size; undefined where there is none. */
export async function hashOf(path: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path), hash)
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT')) return undefined
    throw thrown
  }
  return hash.digest('hex')
}

/** @returns keys that the dump has, and the application has deleted before they were copied */
async function pair(
  library: Library,
  folder: string,
  database: About['database'],
): Promise<readonly string[]> {
  if (database !== 'sqlite') return []
  const gone: string[] = []
  for await (const { key } of rowsIn(join(folder, databaseNames.sqlite))) {
    if (await lstat(join(folder, filesName, key)).catch(ignoreMissing)) continue
    if (await library.has(key)) throw new BackupError(`${key} was not there, and is now: was it put back?`)
    gone.push(key)
  }
  return gone
}
