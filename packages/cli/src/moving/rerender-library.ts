import { type Policy, type Records, type Renderer, UploadError, type UploadResult } from '@sluice/core'
import { type MoveJob, rerenderer, type Work } from '@sluice/jobs'
import type { Problem } from '../audit/finding.js'
import { type Facts, inspectFile } from '../audit/inspect-file.js'
import { inspectUpload } from '../audit/inspect-upload.js'
import type { Library } from '../library/library.js'
import { type Upload, uploadsIn } from './copy-library.js'
import { type Placed, placed, stopAtStore } from './placed.js'
import { runInOrder } from './run-in-order.js'

export interface RerenderOptions {
  readonly policy: Policy
  readonly renderer: Renderer
  readonly records?: Records | undefined
  /** Also what is as the policy makes it. */
  readonly all: boolean
  /**
   * How long old files stay, in milliseconds, until a sweep takes them. Without records they stay, or go at
   * once.
   */
  readonly keepMs: number
  readonly removeOld: boolean
  readonly dryRun: boolean
  readonly progress: string
  readonly map: string
  readonly jobs: number
  readonly signal?: AbortSignal | undefined
  onResult(line: Rerendered): void
}

interface Drawn extends Placed {
  /** The file that it was drawn from. */
  readonly from: string
  readonly reasons: readonly string[]
  /** The files of the old one. */
  readonly replaced: readonly string[]
}

/** What became of an upload, by the last of its keys. */
export type Rerendered =
  | Drawn
  | { readonly old: string; readonly as: 'it-was' }
  | {
      readonly old: string
      readonly as: 'to-be-drawn'
      readonly from: string
      readonly reasons: readonly string[]
    }
  | { readonly old: string; readonly code: string; readonly message: string }

export interface RerenderCounts {
  drawn: number
  same: number
  failed: number
}

/** What a new drawing mends. */
const drifts: ReadonlySet<Problem> = new Set([
  'pixels',
  'format',
  'animation',
  'shape',
  'variant-missing',
  'variant-unknown',
])

/**
 * Draws stored uploads anew where they are not as the policy makes them, from the largest file that is
 * stored: the upload itself is not kept, and what it lost stays lost. The new files stand, and the map or the
 * records say so, before an old one goes.
 */
export async function rerenderLibrary(library: Library, options: RerenderOptions) {
  const { policy, progress, map, jobs, signal, onResult, removeOld, records } = options
  const store = library.openStore()
  return runInOrder<Upload, Rerendered, RerenderCounts>({
    subject: `${options.dryRun ? 'dry run of a ' : ''}rerender of ${library.name} to policy ${policy.version}`,
    progress,
    map,
    jobs,
    start: { drawn: 0, same: 0, failed: 0 },
    signal,
    items: after => uploadsIn(library, after),
    worker(naming) {
      const draw = rerenderer({ ...options, store, keyring: naming.keyring })
      return async upload => {
        const { old, keys } = upload
        const found = await look(library, upload, policy)
        // What is drawn in this run would be drawn again.
        if (found === undefined || found.modified >= naming.begun) return { old, as: 'it-was' }
        const reasons = options.all ? ['--all'] : found.reasons
        if (reasons.length === 0) return { old, as: 'it-was' }
        const { from } = found
        if (options.dryRun) return { old, as: 'to-be-drawn', from, reasons }
        const result = await drawnBy(draw, await naming.job(old, keys), signal)
        if (result === undefined) return { old, as: 'it-was' }
        const { stored, refused } = result
        if (stored) return { ...placed(old, stored), from, reasons, replaced: keys }
        return { old, code: refused.code, message: refused.detail ?? refused.message }
      }
    },
    count(counts, line) {
      if ('code' in line) counts.failed++
      else if ('as' in line && line.as === 'it-was') counts.same++
      else counts.drawn++
      onResult(line)
    },
    async afterwards(lines) {
      if (!removeOld || records) return
      for await (const line of lines)
        if ('replaced' in line) for (const key of line.replaced) await store.delete(key)
    },
  })
}

interface Found {
  /** The largest image, which is drawn from. */
  readonly from: string
  readonly modified: number
  readonly reasons: readonly string[]
}

/** Why an upload should be drawn anew. */
async function look(library: Library, { keys }: Upload, policy: Policy): Promise<Found | undefined> {
  const rules = { policy, now: Date.now() }
  const inspected = []
  for (const key of keys) inspected.push(await inspectFile(library, key, rules))
  const files = inspected.flatMap(({ facts }) => facts ?? [])
  const pixels = ({ image }: Facts) => (image ? image.width * image.height * image.frames : 0)
  const [from] = files
    .filter(({ image }) => image)
    .sort((one, other) => pixels(other) - pixels(one) || one.key.length - other.key.length)
  const looked = from && (await library.look(from.key))
  if (from === undefined || looked === undefined) return undefined
  const findings = [...inspected.flatMap(each => each.findings), ...inspectUpload('', files, policy)]
  const reasons = new Set(findings.map(({ problem }) => problem).filter(problem => drifts.has(problem)))
  return { from: from.key, modified: looked.modified ?? 0, reasons: [...reasons] }
}

/** What may pass by itself is an upload's line too: the others are drawn. @throws BackupError */
async function drawnBy(
  draw: Work<MoveJob, UploadResult | undefined>,
  job: MoveJob,
  signal: AbortSignal | undefined,
): Promise<UploadResult | undefined> {
  try {
    return await draw(job, { signal })
  } catch (thrown) {
    if (signal?.aborted) throw signal.reason
    const error = UploadError.from(thrown, 'internal')
    stopAtStore(error)
    return { id: job.id, refused: error.toRecord() }
  }
}
