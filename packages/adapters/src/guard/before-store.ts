import { formatTable, type Stored, UploadError, type Verified } from '@sluice/core'
import type { Identity } from './identity.js'

/** A finished file on its way into the store. */
export interface FinishedFile {
  /** `main` or the name of a variant. */
  readonly name: string
  readonly bytes: Uint8Array
  /** Content type of the format: image/webp, image/gif or image/avif. */
  readonly type: string
  readonly width: number
  readonly height: number
}

export interface UploadInfo extends Identity {
  /** The client's file name, cleaned: for a log, never a path. */
  readonly fileName: string
  readonly sourceFormat: Stored['input']['format']
}

/**
 * Looks at finished files before they are stored. Returning `{ refuse: 'reason' }` refuses the upload as
 * `rejected` with the reason in the answer; throwing refuses it as `internal`. It fails closed: a scanner
 * that is down lets nothing in.
 */
export type BeforeStore = (upload: {
  readonly files: readonly FinishedFile[]
  readonly info: UploadInfo
}) => Verdict | Promise<Verdict>

// biome-ignore lint/suspicious/noConfusingVoidType: a function that returns nothing is the usual case
type Verdict = { readonly refuse: string } | undefined | void

export function askBeforeStore(ask: BeforeStore, { role, user }: Identity) {
  return async ({ renditions, source }: Verified): Promise<void> => {
    const files = renditions.map(({ name, bytes, format, width, height }) => ({
      name,
      bytes,
      type: formatTable[format].type,
      width,
      height,
    }))
    const info = { role, user, fileName: source.name, sourceFormat: source.format }
    const answer = await ask({ files, info })
    if (answer) throw new UploadError('rejected', { reason: answer.refuse })
  }
}
