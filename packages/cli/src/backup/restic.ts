import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { keyGrammar } from '@sluice/core'
import { isErrno } from '@sluice/stores/fs/durable'
import { privateMode } from '@sluice/stores/fs/layout'
import { folderEntries } from '../library/folder-entries.js'
import type { Library } from '../library/library.js'
import { followSums } from '../lists/sums.js'
import { UsageError } from '../terminal.js'
import { type About, aboutName, filesName, sumsName, writeAbout } from './backup-folders.js'
import { hashFiles } from './copy-files.js'
import { BackupError } from './dump-database.js'
import { copyDatabase, type DatabaseOptions, startList, writeList } from './make-backup.js'

/*
 * restic keeps what plain folders do not: increments of parts of files, retention, encryption, remote places. Ours are the
 * order, the list and the proof. A snapshot has two folders beside one another, as they stand on the disk: the store's, and
 * `.<name>-backup` with the database, the list and what is written down.
 */

/** Marks the snapshots that are ours. */
const tag = 'sluice'

export interface ResticOptions {
  /** As restic takes it: a folder, `sftp:…`, `s3:…`. Its password is restic's matter. */
  readonly repository: string
  readonly database: DatabaseOptions
  readonly jobs: number
  readonly signal?: AbortSignal | undefined
  onProgress(files: number): void
}

/** @throws BackupError, UsageError */
export async function backupByRestic(
  library: Library,
  options: ResticOptions,
): Promise<{ readonly snapshot: string; readonly about: About }> {
  const { folder } = library
  if (folder === undefined) throw new UsageError('restic copies folders: this is a bucket')
  const beside = besideOf(folder)
  await claim(beside)
  try {
    const now = new Date()
    const database = await copyDatabase(options.database, beside)
    await startList(beside)
    const counts = await writeList(beside, hashFiles(library, options), options.onProgress)
    if (options.signal?.aborted) throw new BackupError('called off')
    const known = { time: now, store: library.name, ...counts, database, gone: [] }
    const about = await writeAbout(beside, known)
    const args = [
      'backup',
      '--json',
      '--tag',
      tag,
      '--time',
      localTime(now),
      basename(folder),
      basename(beside),
    ]
    const printed = await restic(options.repository, args, dirname(folder))
    const summary = printed.split('\n').find(line => line.includes('"message_type":"summary"')) ?? '{}'
    return { snapshot: String(JSON.parse(summary).snapshot_id), about }
  } finally {
    await rm(beside, { recursive: true, force: true })
  }
}

function besideOf(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}-backup`)
}

/** Two at a time would write into one another's lists. */
async function claim(beside: string): Promise<void> {
  try {
    await mkdir(beside, { mode: privateMode })
  } catch (thrown) {
    if (!isErrno(thrown, 'EEXIST')) throw thrown
    throw new BackupError(`${beside} is there: another backup is running, or one was killed; then remove it`)
  }
}

/** restic reads its `--time` in the zone of the machine. */
function localTime(time: Date): string {
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 19).replace('T', ' ')
}

/**
 * Brings a snapshot into a folder that looks like any other backup.
 * @param at the newest that is not younger, in milliseconds since 1970
 */
export async function fetchSnapshot(
  repository: string,
  to: string,
  at = Number.POSITIVE_INFINITY,
): Promise<void> {
  const snapshots: readonly Snapshot[] = JSON.parse(
    await restic(repository, ['snapshots', '--json', '--tag', tag]),
  )
  const snapshot = snapshots.filter(({ time }) => Date.parse(time) <= at).at(-1)
  if (snapshot === undefined)
    throw new UsageError(`no snapshot of ours in ${repository} is so old, or there is none`)
  await restic(repository, ['restore', snapshot.id, '--target', to])
  const names = snapshot.paths.map(path => basename(path))
  const beside = names.find(name => names.some(other => name === `.${other}-backup`))
  const files = names.find(name => beside === `.${name}-backup`)
  if (beside === undefined || files === undefined)
    throw new BackupError(`snapshot ${snapshot.id} is none of ours`)
  await rename(join(to, beside, sumsName), join(to, sumsName))
  await rename(join(to, files), join(to, filesName))
  for (const name of [aboutName, 'database.dump', 'database.sqlite'])
    await rename(join(to, beside, name), join(to, name)).catch((thrown: unknown) => {
      if (!isErrno(thrown, 'ENOENT')) throw thrown
    })
  await rm(join(to, beside), { recursive: true })
  await removeUnlisted(to)
}

/** What came while restic was copying, behind the list: no row of the dump has it. */
async function removeUnlisted(folder: string): Promise<void> {
  const hashOf = followSums(join(folder, sumsName))
  const files = join(folder, filesName)
  for await (const { path, kind } of folderEntries(files))
    if (kind === 'file' && keyGrammar.test(path) && (await hashOf(path)) === undefined)
      await rm(join(files, path))
}

interface Snapshot {
  readonly id: string
  readonly time: string
  readonly paths: readonly string[]
}

/** @returns what it printed */
async function restic(repository: string, args: readonly string[], cwd = '.'): Promise<string> {
  const repo = repository.includes(':') ? repository : resolve(repository)
  const child = spawn('restic', ['--repo', repo, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const closed = once(child, 'close').catch((thrown: unknown) => {
    if (isErrno(thrown, 'ENOENT')) throw new UsageError('restic is not installed')
    throw thrown
  })
  const [printed, complaints] = [collect(child.stdout), collect(child.stderr)]
  const [code, signal] = await closed
  if (code !== 0)
    throw new BackupError(`restic ended with ${signal ?? code}: ${(await complaints).trim().slice(-300)}`)
  return printed
}

async function collect(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts).toString()
}
