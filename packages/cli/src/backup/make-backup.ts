import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { keyGrammar } from '@sluice/core'
import { isErrno, syncFolder, writeDurably } from '@sluice/stores/fs/durable'
import { UsageError } from '../terminal.js'
import { dumpDatabase } from './dump-database.js'

export interface Backup {
  /** The finished folder: `files/`, `SHA256SUMS`, and `database.dump` if there was a command. */
  readonly folder: string
  readonly files: number
  readonly bytes: number
}

/**
 * Copies a store's public folder together with a dump of the database whose rows name its files.
 *
 * The database goes first. Files are never changed and a row is written after its files, so every row in the
 * dump finds its file in the copy, unless the application has deleted it meanwhile; a file too many does no
 * harm. The folder appears under its name when all of it is on the disk; what fails leaves nothing.
 */
export async function makeBackup(source: string, to: string, database: string | undefined): Promise<Backup> {
  if (!relative(resolve(source), resolve(to)).startsWith('..'))
    throw new UsageError(`${to} is in ${source}: a backup must not be served`)
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const folder = join(to, stamp)
  const partial = join(to, `.${stamp}.partial`)
  await keysIn(source) // A folder that is not there is said before anything is made.
  await mkdir(to, { recursive: true })
  await mkdir(partial, { mode: 0o700 })
  try {
    if (database !== undefined) await dumpDatabase(database, join(partial, 'database.dump'))
    const copied = await copyFiles(source, join(partial, 'files'), await keysIn(source))
    await writeDurably(join(partial, 'SHA256SUMS'), copied.map(({ line }) => line).join(''))
    await rename(partial, folder)
    await syncFolder(to)
    return { folder, files: copied.length, bytes: copied.reduce((sum, { bytes }) => sum + bytes, 0) }
  } catch (thrown) {
    await rm(partial, { recursive: true, force: true })
    throw thrown
  }
}

/** Names of ours alone; `sluice audit` reports the others. */
async function keysIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true }).catch((thrown: Error) => {
    throw new UsageError(thrown.message)
  })
  return names
    .map(name => name.replaceAll('\\', '/'))
    .filter(name => keyGrammar.test(name))
    .sort()
}

async function copyFiles(source: string, target: string, keys: readonly string[]) {
  const copied = []
  await mkdir(target)
  for (const key of keys) {
    const content = await readIfThere(join(source, key))
    if (content === undefined) continue
    await mkdir(dirname(join(target, key)), { recursive: true })
    await writeDurably(join(target, key), content)
    const hash = createHash('sha256').update(content).digest('hex')
    copied.push({ line: `${hash}  files/${key}\n`, bytes: content.length })
  }
  return copied
}

/** A file may be deleted while the backup runs. Links are not followed. */
async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
    return await file.readFile().finally(() => file.close())
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT', 'ELOOP')) return undefined
    throw thrown
  }
}
