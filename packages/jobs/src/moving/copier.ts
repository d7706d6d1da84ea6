import {
  type FileToStore,
  formatOfExtension,
  formatTable,
  type Store,
  sha256,
  UploadError,
} from '@sluice/core'
import type { Work } from '../work.js'
import { keysOf, type MoveJob } from './move-job.js'

export interface CopierOptions {
  readonly from: Pick<Store, 'get' | 'list'>
  readonly to: Pick<Store, 'get' | 'commit'>
}

/** What became of the files of an upload. */
export interface Copied {
  readonly id: string
  /** Keys of files that were copied, and that were there with the same bytes. */
  readonly copied: readonly string[]
  readonly there: readonly string[]
  /** Of all of them. */
  readonly bytes: number
}

/**
 * Copies uploads from one store to another, one a job, and reads them back: what is there in the end has the
 * hash of what it was copied from. Nothing is written over, nothing is deleted.
 * @returns the work of one job. It throws `store-conflict` where the target has other bytes under a key,
 * which a bridge takes for a refusal, and `store-failed` where another attempt may help
 * @example
 * const work = copier({ from: fsStore('./uploads'), to: s3Store(bucket) })
 * new Worker('copy', bullProcessor(work), { connection })
 */
export function copier({ from, to }: CopierOptions): Work<MoveJob, Copied> {
  return async (job, { signal }) => {
    const missing: FileToStore[] = []
    const there: string[] = []
    let bytes = 0
    for (const key of await keysOf(from, job)) {
      const source = await from.get(key)
      if (source === undefined) continue
      bytes += source.length
      const found = await to.get(key)
      if (found === undefined) missing.push({ key, bytes: source, type: typeOf(key) })
      else if (await isSame(found, source)) there.push(key)
      else throw failed('store-conflict', `the target has other bytes under ${key}`)
    }
    // The main image is the first of a commit, and has the shortest name.
    missing.sort((one, other) => one.key.length - other.key.length)
    if (missing.length > 0) await to.commit(missing, { signal, repeatable: true })
    for (const file of missing) {
      const back = await to.get(file.key)
      if (back === undefined || !(await isSame(back, file.bytes)))
        throw failed('store-failed', `the target gives other bytes under ${file.key} than it took`)
    }
    return { id: job.id, copied: missing.map(({ key }) => key), there, bytes }
  }
}

async function isSame(one: Uint8Array, other: Uint8Array): Promise<boolean> {
  return (await sha256(one)) === (await sha256(other))
}

function failed(code: 'store-conflict' | 'store-failed', detail: string): UploadError {
  return new UploadError(code, {}, { stage: 'store', detail })
}

function typeOf(key: string): string {
  const format = formatOfExtension(key.slice(key.lastIndexOf('.') + 1))
  if (format === undefined) throw new TypeError(`not a key: ${key}`)
  return formatTable[format].type
}
