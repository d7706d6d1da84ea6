import type { Stored, StoredFile, Uploaded, UploadedFile } from '@sluice/core'

/** Only what the client may know: nothing of the input, no note. */
export function uploaded(stored: Stored, publicBase: string, field?: string): Uploaded {
  const { variants, placeholder } = stored
  return {
    ...publicFile(stored, publicBase),
    ...(field === undefined ? {} : { field }),
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
