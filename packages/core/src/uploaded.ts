import type { OutputFormat } from './format.js'
import type { Placeholder } from './renderer.js'

/** One public file, as the client is told. */
export interface UploadedFile {
  readonly key: string
  /** `publicBase` and the key. */
  readonly url: string
  readonly format: OutputFormat
  /** In pixels. */
  readonly width: number
  readonly height: number
  readonly frames: number
  readonly bytes: number
  /** Of the stored bytes, hex. */
  readonly sha256: string
}

/** What an upload became: the main image, its variants by name, and what a page can show before it is there. */
export interface Uploaded extends UploadedFile {
  readonly variants: Readonly<Record<string, UploadedFile>>
  readonly placeholder?: Placeholder | undefined
}
