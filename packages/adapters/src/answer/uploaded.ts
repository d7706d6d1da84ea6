import type { OutputFormat, Placeholder, Stored, StoredFile } from '@sluice/core'

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

/** Only what the client may know: nothing of the input, no note. */
export function uploaded(stored: Stored, publicBase: string): Uploaded {
  const { variants, placeholder } = stored
  return {
    ...publicFile(stored, publicBase),
    variants: Object.fromEntries(
      Object.entries(variants).map(([name, variant]) => [name, publicFile(variant, publicBase)]),
    ),
    ...(placeholder ? { placeholder } : {}),
  }
}

function publicFile(file: StoredFile, publicBase: string): UploadedFile {
  const { key, format, width, height, frames, bytes, sha256 } = file
  return { key, url: publicBase + key, format, width, height, frames, bytes, sha256 }
}
