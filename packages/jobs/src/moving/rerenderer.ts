import {
  checkSupport,
  definePolicy,
  type Keyring,
  type Kit,
  type Policy,
  type PolicyInput,
  type Recording,
  type Records,
  recordId,
  type Store,
  type Stored,
  sanitize,
  stemOf,
  UploadError,
  type UploadRecord,
  type UploadResult,
  verifyOutput,
} from '@sluice/core'
import { attempt, checkRepeatable } from '../attempt.js'
import type { Work } from '../work.js'
import { keysOf, type MoveJob } from './move-job.js'
import { ownPolicy, replacing } from './replacing.js'

export interface RerendererOptions extends Pick<Kit, 'renderer' | 'store' | 'onEvent'> {
  /** Has the secret of the move. */
  readonly keyring: Keyring
  /** What stored images are to be like. Default: `definePolicy()`. */
  readonly policy?: Policy | PolicyInput
  /** A row keeps its id and gets the new files in one act. Default: none, and old files stay. */
  readonly records?: Records | undefined
  /** With records: how long old files stay before a sweep, in milliseconds. Default: 86,400,000, a day. */
  readonly keepMs?: number
  /**
   * As that of `ingester`: it is here that a row of yours gets its new name. Default: nobody is told but the
   * queue.
   */
  readonly finish?: ((result: UploadResult, job: MoveJob) => Promise<unknown>) | undefined
}

/**
 * Draws stored uploads anew, one a job, from the largest file that is stored: the upload itself is not kept,
 * and what it lost stays lost.
 * @returns the work of one job. It returns undefined where nothing of the upload is there, or its row is
 * being removed; it throws an `UploadError` where another attempt may help
 * @throws PolicyError, TypeError at start
 * @example
 * const work = rerenderer({ store, renderer, keyring, policy, records, finish })
 * await boss.work('rerender', bossHandler(work))
 */
export function rerenderer(options: RerendererOptions): Work<MoveJob, UploadResult | undefined> {
  const { store, renderer, keyring, records, keepMs = 86_400_000, finish = async () => {} } = options
  const policy = definePolicy(options.policy as PolicyInput | undefined)
  const own = ownPolicy(policy, renderer)
  checkSupport(own, renderer)
  checkRepeatable('rerenderer', renderer)
  const { codecVersion = '' } = renderer
  const asAsked = (stored: Stored): Stored => ({ ...stored, policyVersion: policy.version })

  return async (job, { signal }) => {
    const source = await largest(store, job)
    const [row] = source && records ? await records.find([source.key]) : []
    const drawing = { policy: own.version, codecVersion, view: {}, index: 0 }
    const by = recordId(await stemOf(job, keyring, drawing))
    if (source === undefined || isGone(row, by, source)) return undefined
    return attempt(
      job.id,
      result => finish(result, job),
      async onStored => {
        const kit: Kit = {
          ...options,
          policy: own,
          id: job,
          signal,
          context: { job: job.id, old: job.old },
          recording: records && recordingOf(records, row, source),
          onStored: stored => onStored(stored.map(asAsked)),
        }
        return asAsked(await sanitize({ body: source.bytes }, kit))
      },
    )
  }

  /** @throws UploadError where there is no row to give the new files to */
  function recordingOf(
    records: Records,
    row: UploadRecord | undefined,
    source: Source,
  ): Recording | undefined {
    if (row === undefined) throw new UploadError('rejected', {}, { detail: `${source.key} has no record` })
    if (row.state === 'pending')
      throw new UploadError('busy', { retryAfter: 60 }, { detail: `${source.key} is not confirmed yet` })
    // Another attempt has replaced it: what it has stored is drawn once more, found to be the same, and told.
    if (row.state === 'removed') return undefined
    return replacing(records, row, { policy, keepMs, source })
  }
}

/**
 * Whether there is nothing to draw: the upload is being removed, was replaced by another job, or by another
 * attempt at this one so long ago that its old files go.
 * @param by what the row of the new files is called
 */
function isGone(row: UploadRecord | undefined, by: string, { keys }: Source): boolean {
  if (row?.state !== 'removed') return false
  return row.id !== by || row.files.some(({ key }) => !keys.includes(key))
}

interface Source {
  readonly key: string
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
  /** Of all files of the upload. */
  readonly keys: readonly string[]
}

/** The same one for every attempt; of two that are equally large the main image. */
async function largest(store: Store, job: MoveJob): Promise<Source | undefined> {
  let found: Omit<Source, 'keys'> | undefined
  let most = 0
  const keys: string[] = []
  for (const key of mainFirst(await keysOf(store, job))) {
    const bytes = await store.get(key)
    if (bytes === undefined) continue
    keys.push(key)
    const { width, height, frames } = sizeOf(bytes)
    if (width * height * frames <= most) continue
    most = width * height * frames
    found = { key, bytes, width, height }
  }
  return found && { ...found, keys }
}

/** In an order that depends on nothing but the keys. */
function mainFirst(keys: readonly string[]): readonly string[] {
  return [...keys].sort((one, other) => one.length - other.length || (one < other ? -1 : 1))
}

/** Nothing at all for what is no image of ours. */
function sizeOf(bytes: Uint8Array): {
  readonly width: number
  readonly height: number
  readonly frames: number
} {
  try {
    return verifyOutput(bytes)
  } catch (thrown) {
    if (thrown instanceof UploadError) return { width: 0, height: 0, frames: 0 }
    throw thrown
  }
}
