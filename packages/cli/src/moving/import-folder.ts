import { basename, join } from 'node:path'
import type { ErrorCode, Kit, Policy, Records, Renderer, Store } from '@sluice/core'
import { folderEntries } from '../library/folder-entries.js'
import { sanitizeFile } from '../sanitize-file.js'
import { type Placed, placed, stopAtStore } from './placed.js'
import { type Naming, runInOrder } from './run-in-order.js'

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
  const { policy, progress, map, jobs, signal, onResult } = options
  const start: ImportCounts = { stored: 0, refused: 0, codes: {} }
  return runInOrder<{ readonly old: string }, Imported, ImportCounts>({
    subject: `import of ${folder} by policy ${policy.version}`,
    progress,
    map,
    jobs,
    start,
    signal,
    items: after => filesIn(folder, after),
    worker:
      naming =>
      async ({ old }) => {
        const kit = await kitFor(options, naming, old)
        const outcome = await sanitizeFile(join(folder, old), kit, { isNamed: basename(old).includes('.') })
        if (outcome.ok) return placed(old, outcome.stored)
        // Cut off by Ctrl-C: the next run begins with it.
        if (signal?.aborted) throw signal.reason
        stopAtStore(outcome)
        return { old, code: outcome.code, message: outcome.message }
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

async function kitFor(options: ImportOptions, { keyring, job }: Naming, old: string): Promise<Kit> {
  const { policy, renderer, store, records, owner, role, signal } = options
  const recording = records && { records, owner, role }
  return { policy, renderer, store, signal, recording, keyring, id: await job(old) }
}

/** Ordinary files, hidden ones left out, no link followed. */
export async function* filesIn(folder: string, after = ''): AsyncGenerator<{ readonly old: string }> {
  for await (const { path, kind } of folderEntries(folder, after))
    if (kind === 'file' && !/(?:^|\/)\./.test(path)) yield { old: path }
}
