import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { UploadError } from '@sluice/core'
import { copier, type MoveJob } from '@sluice/jobs'
import { stemOf } from '../audit/inspect-upload.js'
import { BackupError } from '../backup/dump-database.js'
import { type Library, Unreadable } from '../library/library.js'
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
 * Copies everything under a name of ours, an upload at a time, and reads it back: what is there in the end
 * has the hash of what it was copied from. Nothing is written over, nothing is deleted.
 * @throws BackupError where the target has other bytes under a name, or gives others than it took
 */
export async function copyLibrary(from: Library, to: Library, options: CopyOptions) {
  const { progress, jobs, signal, onResult } = options
  return runInOrder<Upload, CopiedUpload, CopyCounts>({
    subject: `copy of ${from.name} to ${to.name}`,
    progress,
    jobs,
    start: { copied: 0, there: 0, bytes: 0 },
    signal,
    items: after => uploadsIn(from, after),
    worker({ job }) {
      const copy = copying(from, to)
      return async ({ old, keys }) => ({ old, ...(await copy(await job(old, keys))) })
    },
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

/** The work of a job, looked at from outside: a folder tells how old a file is, which no store does. */
function copying(from: Library, to: Library): (job: MoveJob) => Promise<CopyCounts> {
  const modified = new Map<string, number | undefined>()
  const copy = copier({
    from: {
      async get(key) {
        const looked = await from.look(key)
        modified.set(key, looked?.modified)
        return looked?.bytes
      },
      list: prefix => from.openStore().list(prefix),
    },
    to: to.openStore(),
  })
  return async job => {
    const { copied, there, bytes } = await copy(job, {}).catch(toBackupError)
    for (const key of copied) await keepTime(to, key, modified.get(key))
    for (const key of [...copied, ...there]) modified.delete(key)
    return { copied: copied.length, there: there.length, bytes }
  }
}

function toBackupError(thrown: unknown): never {
  if (thrown instanceof UploadError) throw new BackupError(thrown.detail ?? thrown.message)
  if (thrown instanceof Unreadable) throw new BackupError(thrown.message)
  throw thrown
}

/** A file is as old as its key says. */
async function keepTime({ folder }: Library, key: string, modified: number | undefined): Promise<void> {
  if (folder === undefined || modified === undefined) return
  await utimes(join(folder, key), modified / 1000, modified / 1000)
}
