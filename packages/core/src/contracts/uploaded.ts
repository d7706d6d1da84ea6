import type { StoredFile } from '../pipeline/stages.js'
import type { Placeholder } from './rendition.js'

/** One public file, as the client sees it. */
export interface UploadedFile extends StoredFile {
  /** `publicBase` and the key. */
  readonly url: string
}

/**
 * What an upload became: the main image, its variants by name, and what a page can show before it is there.
 */
export interface Uploaded extends UploadedFile {
  /**
   * The form field that it was sent in, in the client's words where any is taken (`*`); none where the image itself
   * was the body.
   */
  readonly field?: string | undefined
  readonly variants: Readonly<Record<string, UploadedFile>>
  readonly placeholder?: Placeholder | undefined
}
