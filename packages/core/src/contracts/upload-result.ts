import type { UploadErrorRecord } from '../errors/upload-error.js'
import type { Stored } from '../pipeline/stages.js'

/** How an upload ended that was worked on apart from its request: stored, or refused for good. Serialisable. */
export type UploadResult =
  | { readonly id: string; readonly stored: Stored; readonly refused?: never }
  | { readonly id: string; readonly refused: UploadErrorRecord; readonly stored?: never }
