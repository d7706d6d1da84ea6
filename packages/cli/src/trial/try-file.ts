import { extname } from 'node:path'
import type { Kit } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { type Outcome, sanitizeFile } from '../sanitize-file.js'
import type { Drawn, Rival } from './rival.js'

/** What became of one file: of ours, and beside it. */
export interface Tried {
  readonly outcome: Outcome
  readonly beside?: Drawn
  /** The main image, to show it. Nothing was stored. */
  readonly picture?: Uint8Array
}

/**
 * Takes a file through the pipeline and keeps nothing. A name without an extension is none: many upload handlers, multer's
 * among them, store files under names of their own making, and what the client had called them is not known.
 */
export async function tryFile(file: string, kit: Omit<Kit, 'store'>, rival?: Rival): Promise<Tried> {
  const store = memoryStore()
  const outcome = await sanitizeFile(file, { ...kit, store }, { isNamed: extname(file) !== '' })
  const picture = outcome.ok ? await store.get(outcome.stored.key) : undefined
  const beside = rival && !kit.signal?.aborted ? await rival.draw(file) : undefined
  return { outcome, ...(picture ? { picture } : {}), ...(beside ? { beside } : {}) }
}
