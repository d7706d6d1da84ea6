import { lstat, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keyGrammar } from '@sluice/core'
import { ignoreMissing } from '@sluice/stores/fs/durable'
import { folderEntries, systemError } from '../library/folder-entries.js'
import { followSums, hashesIn } from '../lists/sums.js'
import { mapInOrder } from '../map-in-order.js'
import { type About, aboutName, databaseNames, filesName, sumsName } from './backup-folders.js'
import { isCutDump } from './dump-database.js'
import { hashOf } from './make-backup.js'
import { rowsIn } from './pairing.js'

/** What is wrong with a backup. */
export interface Fault {
  readonly path: string
  readonly problem: 'missing' | 'changed' | 'cut' | 'unreadable' | 'extra' | 'no-file'
  readonly detail?: string
}

export interface Verified {
  readonly files: number
  /** Files that rows of the dump name; undefined where it is no SQLite database of ours. */
  readonly rows: number | undefined
}

/**
 * Holds a backup to its own list, and to the database in it: every file is there with its hash, the dump is whole, and every
 * row's files are there. Needs nothing but the backup.
 * @returns the faults, and in the end what was looked at
 */
export async function* verifyBackup(
  folder: string,
  jobs: number,
  signal?: AbortSignal,
): AsyncGenerator<Fault, Verified> {
  const about = await readAbout(folder)
  const sums = join(folder, sumsName)
  let files = 0
  const check = async ({ hash, key }: { hash: string; key: string }) => checkFile(folder, key, hash)
  for await (const fault of mapInOrder(hashesIn(sums), jobs, check, signal)) {
    files++
    if (fault) yield fault
  }
  if (about && about.files !== (await countKeys(sums)))
    yield { path: sumsName, problem: 'cut', detail: `${about.files} files were copied` }
  yield* findExtra(folder)
  const dump = about && about.database !== 'none' ? databaseNames[about.database] : undefined
  if (dump === undefined) return { files, rows: undefined }
  yield* checkDump(folder, dump)
  if (dump !== databaseNames.sqlite) return { files, rows: undefined }
  const rows = yield* checkRows(folder, new Set(about?.gone))
  return { files, rows }
}

/** undefined in backups of former versions. */
export async function readAbout(folder: string): Promise<About | undefined> {
  const text = await readFile(join(folder, aboutName), 'utf8').catch(ignoreMissing)
  return text === undefined ? undefined : JSON.parse(text)
}

async function checkFile(folder: string, name: string, hash: string): Promise<Fault | undefined> {
  try {
    const found = await lstat(join(folder, name)).catch(ignoreMissing)
    if (found === undefined) return { path: name, problem: 'missing' }
    if (!found.isFile()) return { path: name, problem: 'changed', detail: 'not an ordinary file' }
    return (await hashOf(join(folder, name))) === hash ? undefined : { path: name, problem: 'changed' }
  } catch (thrown) {
    return { path: name, problem: 'unreadable', detail: systemError(thrown).message }
  }
}

async function countKeys(sums: string): Promise<number> {
  let keys = 0
  for await (const { key } of hashesIn(sums)) if (key.startsWith(`${filesName}/`)) keys++
  return keys
}

/** What is in the folder of files, and in no list: a restore would not bring it. */
async function* findExtra(folder: string): AsyncGenerator<Fault> {
  const hashFor = followSums(join(folder, sumsName))
  for await (const { path, kind } of folderEntries(join(folder, filesName)))
    if (kind !== 'folder' && !(keyGrammar.test(path) && (await hashFor(path))))
      yield { path: `${filesName}/${path}`, problem: 'extra' }
}

async function* checkDump(folder: string, dump: string): AsyncGenerator<Fault> {
  if (!(await lstat(join(folder, dump)).catch(ignoreMissing))) return
  const cut = await isCutDump(join(folder, dump))
  if (cut !== undefined) yield { path: dump, problem: 'cut', detail: cut }
}

async function* checkRows(folder: string, gone: ReadonlySet<string>): AsyncGenerator<Fault, number> {
  let rows = 0
  try {
    for await (const { key, sha256 } of rowsIn(join(folder, databaseNames.sqlite))) {
      rows++
      if (gone.has(key)) continue
      const found = await hashOf(join(folder, filesName, key))
      if (found === undefined)
        yield { path: key, problem: 'no-file', detail: 'referenced by a row of the database' }
      else if (found !== sha256)
        yield { path: key, problem: 'changed', detail: 'differs from its row in the database' }
    }
  } catch (thrown) {
    yield { path: databaseNames.sqlite, problem: 'unreadable', detail: String(thrown) }
  }
  return rows
}
