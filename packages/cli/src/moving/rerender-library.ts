import {
  type Kit,
  type Policy,
  type Records,
  type Renderer,
  type Store,
  sanitize,
  UploadError,
} from '@sluice/core'
import type { Problem } from '../audit/finding.js'
import { type Facts, inspectFile } from '../audit/inspect-file.js'
import { inspectUpload } from '../audit/inspect-upload.js'
import type { Library } from '../library/library.js'
import { type Upload, uploadsIn } from './copy-library.js'
import { type Placed, settleBegun, storeOnce } from './once.js'
import { ownPolicy, replacing } from './replacing.js'
import { runInOrder } from './run-in-order.js'

export interface RerenderOptions {
  readonly policy: Policy
  readonly renderer: Renderer
  readonly records?: Records | undefined
  /** Also what is as the policy makes it. */
  readonly all: boolean
  /** How long old files stay, in milliseconds, until a sweep takes them. Without records they stay, or go at once. */
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
  /** In milliseconds since 1970: what was stored since is not looked at, or what is drawn would be drawn again. */
  readonly started: number
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
 * Draws stored uploads anew where they are not as the policy makes them, from the largest file that is stored: the upload
 * itself is not kept, and what it lost stays lost. The new files stand, and the map or the records say so, before an old one
 * goes.
 */
export async function rerenderLibrary(library: Library, options: RerenderOptions) {
  const { policy, progress, map, jobs, signal, onResult, removeOld, records } = options
  const store = library.openStore()
  return runInOrder<Upload, Rerendered, RerenderCounts>({
    subject: `rerender of ${library.name} to policy ${policy.version}`,
    progress,
    map,
    jobs,
    start: { started: Date.now(), drawn: 0, same: 0, failed: 0 },
    signal,
    items: after => uploadsIn(library, after),
    async work(upload, begun, journal, { started }) {
      const { old } = upload
      const found = await look(library, upload, policy)
      if (found === undefined || found.modified >= started) return { old, as: 'it-was' }
      const reasons = options.all ? ['--all'] : found.reasons
      const { key: from } = found.source
      if (begun && (await settleBegun(store, begun))) {
        await settleRow(begun, from, options)
        return { ...begun, from, reasons, replaced: upload.keys }
      }
      if (reasons.length === 0) return { old, as: 'it-was' }
      if (options.dryRun) return { old, as: 'to-be-drawn', from, reasons }
      const drawn = await draw(found, options, storeOnce(store, journal, old))
      return 'code' in drawn ? { old, ...drawn } : { old, ...drawn, from, reasons, replaced: upload.keys }
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
  readonly source: Facts
  readonly bytes: Uint8Array
  readonly modified: number
  readonly reasons: readonly string[]
}

/** The largest image that is stored, and why it should be drawn anew. */
async function look(library: Library, { keys }: Upload, policy: Policy): Promise<Found | undefined> {
  const rules = { policy, now: Date.now() }
  const inspected = []
  for (const key of keys) inspected.push(await inspectFile(library, key, rules))
  const files = inspected.flatMap(({ facts }) => facts ?? [])
  const pixels = ({ image }: Facts) => (image ? image.width * image.height * image.frames : 0)
  const [source] = files.filter(({ image }) => image).sort((one, other) => pixels(other) - pixels(one))
  const looked = source && (await library.look(source.key))
  if (source === undefined || looked === undefined) return undefined
  const findings = [...inspected.flatMap(each => each.findings), ...inspectUpload('', files, policy)]
  const reasons = new Set(findings.map(({ problem }) => problem).filter(problem => drifts.has(problem)))
  return { source, bytes: looked.bytes, modified: looked.modified ?? 0, reasons: [...reasons] }
}

type Outcome = Omit<Placed, 'old'> | { readonly code: string; readonly message: string }

async function draw({ source, bytes }: Found, options: RerenderOptions, store: Store): Promise<Outcome> {
  const { policy, renderer, records, keepMs, signal } = options
  const [row] = records ? await records.find([source.key]) : []
  if (records && row?.state !== 'confirmed')
    return { code: 'unrecorded', message: `${source.key} has no confirmed record` }
  const recording = records && row && replacing(records, row, { policy, keepMs, source })
  const kit: Kit = {
    policy: ownPolicy(policy),
    renderer,
    store,
    signal,
    ...(recording ? { recording } : {}),
  }
  try {
    const stored = await sanitize({ body: bytes }, kit)
    const variants = Object.entries(stored.variants).map(([name, { key }]) => [name, key])
    return {
      key: stored.key,
      variants: Object.fromEntries(variants),
      bytes: stored.bytes,
      sha256: stored.sha256,
    }
  } catch (thrown) {
    if (signal?.aborted) throw signal.reason
    const { code, detail, message } = UploadError.from(thrown, 'internal')
    return { code, message: detail ?? message }
  }
}

/** Stored by a run that was killed before the records said so. */
async function settleRow({ key }: Placed, from: string, { records, keepMs }: RerenderOptions): Promise<void> {
  if (records === undefined) return
  const [[old], [now]] = [await records.find([from]), await records.find([key])]
  if (old?.state === 'confirmed' && now?.state === 'pending')
    await records.replace(old.id, now.id, new Date(Date.now() + keepMs))
}
