import { basename, join } from 'node:path'
import type { ErrorCode, Kit, Policy, Records, Renderer, Store } from '@sluice/core'
import { folderEntries } from '../library/folder-entries.js'
import { sanitizeFile } from '../sanitize-file.js'
import { type Placed, settleBegun, storeOnce } from './once.js'
import { runInOrder } from './run-in-order.js'

export interface ImportOptions {
  readonly store: Store
  readonly policy: Policy
  readonly renderer: Renderer
  readonly records?: Records | undefined
  readonly owner: string
  readonly role: string
  readonly progress: string
  readonly map: string
  readonly jobs: number
  readonly signal?: AbortSignal | undefined
  onResult(line: Imported): void
}

/** A file of the old folder, by its path in it, and what became of it. */
export type Imported = Placed | { readonly old: string; readonly code: ErrorCode; readonly message: string }

export interface ImportCounts {
  stored: number
  refused: number
  readonly codes: Record<string, number>
}

/** Takes every file of an old folder through the whole pipeline. The files themselves stay as they are. */
export async function importFolder(folder: string, options: ImportOptions) {
  const { policy, store, progress, map, jobs, signal, onResult } = options
  const start: ImportCounts = { stored: 0, refused: 0, codes: {} }
  return runInOrder<{ readonly old: string }, Imported, ImportCounts>({
    subject: `import of ${folder} by policy ${policy.version}`,
    progress,
    map,
    jobs,
    start,
    signal,
    items: after => filesIn(folder, after),
    async work({ old }, begun, journal) {
      if (begun && (await settleBegun(store, begun))) return confirmed(begun, options)
      const outcome = await sanitizeFile(join(folder, old), kitFor(options, storeOnce(store, journal, old)), {
        isNamed: basename(old).includes('.'),
      })
      // Cut off by Ctrl-C: the next run begins with it.
      if (!outcome.ok && signal?.aborted) throw signal.reason
      if (!outcome.ok) return { old, code: outcome.code, message: outcome.message }
      const { key, variants, bytes, sha256 } = outcome.stored
      const named = Object.entries(variants).map(([name, file]) => [name, file.key])
      return { old, key, variants: Object.fromEntries(named), bytes, sha256 }
    },
    count(counts, line) {
      if ('key' in line) counts.stored++
      else {
        counts.refused++
        counts.codes[line.code] = (counts.codes[line.code] ?? 0) + 1
      }
      onResult(line)
    },
  })
}

function kitFor(options: ImportOptions, store: Store): Kit {
  const { policy, renderer, records, owner, role, signal } = options
  return { policy, renderer, store, signal, ...(records ? { recording: { records, owner, role } } : {}) }
}

/** Stored by a run that was killed before its row said so. */
async function confirmed(placed: Placed, { records }: ImportOptions): Promise<Placed> {
  const [row] = records ? await records.find([placed.key]) : []
  if (records && row?.state === 'pending') await records.confirm([row.id])
  return placed
}

/** Ordinary files, hidden ones left out, no link followed. */
export async function* filesIn(folder: string, after = ''): AsyncGenerator<{ readonly old: string }> {
  for await (const { path, kind } of folderEntries(folder, after))
    if (kind === 'file' && !/(?:^|\/)\./.test(path)) yield { old: path }
}
