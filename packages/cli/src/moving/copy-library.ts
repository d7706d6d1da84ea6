import { createHash } from 'node:crypto'
import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { type FileToStore, formatOfExtension, formatTable, type Store, UploadError } from '@sluice/core'
import { stemOf } from '../audit/inspect-upload.js'
import { BackupError } from '../backup/dump-database.js'
import type { Library, Looked } from '../library/library.js'
import { runInOrder } from './run-in-order.js'

export interface CopyOptions {
  readonly progress: string
  readonly jobs: number
  readonly signal?: AbortSignal | undefined
  onResult(files: number): void
}

export interface CopyCounts {
  copied: number
  /** Were there with the same bytes. */
  there: number
  bytes: number
}

export interface Upload {
  /** The last key of it: what a run that was cut off goes on behind. */
  readonly old: string
  readonly keys: readonly string[]
}

interface CopiedUpload extends CopyCounts {
  readonly old: string
}

/**
 * Copies everything under a name of ours, an upload at a time, and reads it back: what is there in the end has the hash of
 * what it was copied from. Nothing is written over, nothing is deleted.
 * @throws BackupError where the target has other bytes under a name, or gives others than it took
 */
export async function copyLibrary(from: Library, to: Library, options: CopyOptions) {
  const { progress, jobs, signal, onResult } = options
  const store = to.openStore()
  return runInOrder<Upload, CopiedUpload, CopyCounts>({
    subject: `copy of ${from.name} to ${to.name}`,
    progress,
    jobs,
    start: { copied: 0, there: 0, bytes: 0 },
    signal,
    items: after => uploadsIn(from, after),
    work: async upload => ({ old: upload.old, ...(await copyUpload(upload, from, to, store)) }),
    count(counts, { copied, there, bytes }) {
      counts.copied += copied
      counts.there += there
      counts.bytes += bytes
      onResult(counts.copied + counts.there)
    },
  })
}

export async function* uploadsIn(library: Library, after: string): AsyncGenerator<Upload> {
  let keys: string[] = []
  for await (const { path, kind } of library.entries(after)) {
    const stem = kind === 'file' ? stemOf(path) : undefined
    if (stem === undefined) continue
    const last = keys.at(-1)
    if (last !== undefined && stemOf(last) !== stem) {
      yield { old: last, keys }
      keys = []
    }
    keys.push(path)
  }
  const last = keys.at(-1)
  if (last !== undefined) yield { old: last, keys }
}

async function copyUpload({ keys }: Upload, from: Library, to: Library, store: Store): Promise<CopyCounts> {
  const counts = { copied: 0, there: 0, bytes: 0 }
  const missing: FileToStore[] = []
  const looked = new Map<string, Looked>()
  for (const key of keys) {
    const source = await from.look(key)
    if (source === undefined) continue
    const there = await store.get(key)
    if (there && hash(there) !== hash(source.bytes))
      throw new BackupError(`${to.name} has other bytes under ${key}`)
    counts.bytes += source.bytes.length
    if (there) counts.there++
    else missing.push({ key, bytes: source.bytes, type: typeOf(key) })
    looked.set(key, source)
  }
  // The main image last, as a store of buckets puts it: the first of a commit.
  missing.sort((one, other) => one.key.length - other.key.length)
  if (missing.length > 0) await commit(store, missing)
  for (const { key, bytes } of missing) {
    const back = await store.get(key)
    if (back === undefined || hash(back) !== hash(bytes))
      throw new BackupError(`${to.name} gives other bytes under ${key} than it took`)
    await keepTime(to, key, looked.get(key))
  }
  counts.copied = missing.length
  return counts
}

async function commit(store: Store, files: readonly FileToStore[]): Promise<void> {
  try {
    await store.commit(files)
  } catch (thrown) {
    if (thrown instanceof UploadError) throw new BackupError(thrown.detail ?? thrown.message)
    throw thrown
  }
}

/** A file is as old as its key says. */
async function keepTime({ folder }: Library, key: string, looked: Looked | undefined): Promise<void> {
  if (folder === undefined || looked?.modified === undefined) return
  await utimes(join(folder, key), looked.modified / 1000, looked.modified / 1000)
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function typeOf(key: string): string {
  const format = formatOfExtension(key.slice(key.lastIndexOf('.') + 1))
  if (format === undefined) throw new TypeError(`not a key: ${key}`)
  return formatTable[format].type
}
