import { createHash } from 'node:crypto'
import { link, lstat, mkdir, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { keyGrammar } from '@sluice/core'
import { ignoreMissing, isErrno, writeDurably } from '@sluice/stores/fs/durable'
import { isMonthFolder } from '@sluice/stores/fs/layout'
import type { Entry, Library, Looked } from '../library/library.js'
import { mapInOrder } from '../map-in-order.js'
import { BackupError } from './dump-database.js'

export interface Copied {
  readonly key: string
  readonly hash: string
  readonly bytes: number
  /** A second name of the file in the backup before: it takes no room. */
  readonly linked: boolean
}

export interface CopyOptions {
  readonly jobs: number
  /** The backup before, and what it says of a key. Keys are asked for in their order. */
  readonly previous?: { readonly files: string; hashOf(key: string): Promise<string | undefined> } | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Copies every file under a name of ours, in the order of keys. A stored file never changes: one of the same size and time
 * as in the backup before is linked to it, and not read.
 * @throws BackupError where a file that is there cannot be read: what is left out is no backup
 */
export async function* copyFiles(
  library: Library,
  target: string,
  { jobs, previous, signal }: CopyOptions,
): AsyncGenerator<Copied> {
  const work = async ({ key, before }: Known) =>
    (before && (await linkOne(library, key, target, before))) ?? (await copyOne(library, key, target))
  yield* ofThoseThere(mapInOrder(keysOf(library, previous), jobs, work, signal))
}

/** The same without copying: for a program that copies by itself. */
export async function* hashFiles(
  library: Library,
  { jobs, signal }: Omit<CopyOptions, 'previous'>,
): AsyncGenerator<Copied> {
  const work = async ({ key }: Known) => copyOne(library, key, undefined)
  yield* ofThoseThere(mapInOrder(keysOf(library, undefined), jobs, work, signal))
}

async function* ofThoseThere(all: AsyncIterable<Copied | undefined>): AsyncGenerator<Copied> {
  for await (const copied of all) if (copied) yield copied
}

interface Known {
  readonly key: string
  /** In the backup before. */
  readonly before?: { readonly path: string; readonly hash: string } | undefined
}

/** Names of ours alone; `sluice audit` reports the others. */
async function* keysOf(library: Library, previous: CopyOptions['previous']): AsyncGenerator<Known> {
  for await (const entry of library.entries()) {
    if (isOurs(entry) && entry.kind === 'unreadable')
      throw new BackupError(`${entry.path} could not be read: ${entry.detail}`)
    if (entry.kind !== 'file' || !keyGrammar.test(entry.path)) continue
    const hash = await previous?.hashOf(entry.path)
    const before = previous && hash ? { path: join(previous.files, entry.path), hash } : undefined
    yield { key: entry.path, before }
  }
}

function isOurs({ path }: Entry): boolean {
  return isMonthFolder(path.split('/')[0] ?? '')
}

/** undefined where it must be copied: another file, or a file system without hard links, or too many of them. */
async function linkOne(
  { folder }: Library,
  key: string,
  target: string,
  before: NonNullable<Known['before']>,
): Promise<Copied | undefined> {
  if (folder === undefined) return undefined
  const [source, old] = [
    await lstat(join(folder, key)).catch(ignoreMissing),
    await lstat(before.path).catch(ignoreMissing),
  ]
  if (!source?.isFile() || !old?.isFile()) return undefined
  if (source.size !== old.size || Math.floor(source.mtimeMs) !== Math.floor(old.mtimeMs)) return undefined
  try {
    await mkdir(dirname(join(target, key)), { recursive: true })
    await link(before.path, join(target, key))
    return { key, hash: before.hash, bytes: old.size, linked: true }
  } catch (thrown) {
    if (isErrno(thrown, 'EPERM', 'EMLINK', 'ENOTSUP', 'EXDEV', 'ENOENT')) return undefined
    throw thrown
  }
}

/** undefined where the application has deleted it meanwhile. */
async function copyOne(
  library: Library,
  key: string,
  target: string | undefined,
): Promise<Copied | undefined> {
  const looked = await library.look(key).catch((thrown: Error) => {
    throw new BackupError(`${key} could not be read: ${thrown.message}`)
  })
  if (looked === undefined) return undefined
  if (target !== undefined) await writeCopy(join(target, key), looked)
  const hash = createHash('sha256').update(looked.bytes).digest('hex')
  return { key, hash, bytes: looked.bytes.length, linked: false }
}

/** With its time, by which the next backup knows it. */
async function writeCopy(path: string, { bytes, modified }: Looked): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeDurably(path, bytes)
  if (modified !== undefined) await utimes(path, modified / 1000, modified / 1000)
}
