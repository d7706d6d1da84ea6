import type { ErrorCode, Stored } from '@sluice/core'
import { BackupError } from '../backup/dump-database.js'

/** Where something is now: a line of the map. */
export interface Placed {
  /** A file, or the key that an upload had before. */
  readonly old: string
  readonly key: string
  readonly variants: Readonly<Record<string, string>>
  /** Of the main image. */
  readonly bytes: number
  readonly sha256: string
}

export function placed(old: string, { key, variants, bytes, sha256 }: Stored): Placed {
  const named = Object.entries(variants).map(([name, file]) => [name, file.key])
  return { old, key, variants: Object.fromEntries(named), bytes, sha256 }
}

interface Refusal {
  readonly code: ErrorCode
  readonly detail?: string | undefined
  readonly message: string
}

/**
 * A store that does not take or give files is a matter of the place, and no file's fault: the run ends there,
 * and is gone on with when the place is mended.
 * @throws BackupError
 */
export function stopAtStore({ code, detail, message }: Refusal): void {
  if (code === 'store-failed' || code === 'store-conflict') throw new BackupError(detail ?? message)
}
