import {
  type Body,
  checkSupport,
  definePolicy,
  type Keyring,
  type Kit,
  type Policy,
  type PolicyInput,
  type Records,
  sanitize,
  type UploadResult,
} from '@sluice/core'
import { attempt, checkRepeatable } from '../attempt.js'
import type { Work } from '../work.js'
import type { MoveJob } from './move-job.js'

export interface ImporterOptions extends Pick<Kit, 'renderer' | 'store' | 'beforeStore' | 'onEvent'> {
  /**
   * Opens a file of the old folder by its path, which is what somebody has enqueued; undefined where there is
   * none (any more). What it rejects with sends the job back to its queue.
   */
  read(old: string): Promise<Body | undefined> | Body | undefined
  /** Has the secret of the move. */
  readonly keyring: Keyring
  /** Default: `definePolicy()`. */
  readonly policy?: Policy | PolicyInput
  /** Rows of what is stored, pending before it is public and confirmed after `finish`. Default: none. */
  readonly records?: Records | undefined
  /** Whose they are, in the rows. Default: of everybody without a name. */
  readonly owner?: string
  /** Of the owner, in the rows. Default: `import`. */
  readonly role?: string
  /**
   * As that of `ingester`: it is here that a row of yours gets its new name. Default: nobody is told but the
   * queue.
   */
  readonly finish?: ((result: UploadResult, job: MoveJob) => Promise<unknown>) | undefined
}

/**
 * Takes files of an old folder through the whole pipeline, one a job; they themselves stay as they are.
 * @returns the work of one job. It returns undefined where there is no such file, refusals as results, and
 * throws an `UploadError` where another attempt may help
 * @throws PolicyError, TypeError at start
 * @example
 * const work = importer({ read: old => readFile(join('/srv/old', old)), store, renderer, keyring, finish })
 * new Worker('import', bullProcessor(work), { connection })
 */
export function importer(options: ImporterOptions): Work<MoveJob, UploadResult | undefined> {
  const { read, renderer, records, owner = '', role = 'import', finish = async () => {} } = options
  const policy = definePolicy(options.policy as PolicyInput | undefined)
  checkSupport(policy, renderer)
  checkRepeatable('importer', renderer)
  return async (job, { signal }) => {
    const body = await read(job.old)
    if (body === undefined) return undefined
    // Many upload handlers have stored files without any extension.
    const name = job.old.slice(job.old.lastIndexOf('/') + 1)
    const upload = { body, ...(name.includes('.') && { name }) }
    return attempt(
      job.id,
      result => finish(result, job),
      onStored =>
        sanitize(upload, {
          ...options,
          policy,
          id: job,
          signal,
          context: { job: job.id, old: job.old },
          recording: records && { records, owner, role },
          onStored,
        }),
    )
  }
}
