import type { Store } from '../contracts/store.js'
import { UploadError } from '../errors/upload-error.js'
import type { Stored, StoredFile } from '../pipeline/stages.js'

/** A stored upload as any record of it has it: `Stored`, `Uploaded`, or what was kept of one as JSON. */
export interface Discardable {
  readonly key: string
  readonly variants: Readonly<Record<string, { readonly key: string }>>
}

/** The main file and its variants. */
export function filesOf<File>(
  upload: File & { readonly variants: Readonly<Record<string, File>> },
): readonly File[] {
  return [upload, ...Object.values(upload.variants)]
}

/**
 * Deletes an upload with all its variants. What is not there any more is no error.
 * @throws UploadError `store-failed` with the keys that are left in `detail`; the others are deleted
 */
export async function discard(upload: Discardable, store: Store): Promise<void> {
  const left = await deleteAll(filesOf<{ readonly key: string }>(upload), store)
  const [first] = left
  if (first === undefined) return
  const detail = `not deleted: ${left.map(({ file }) => file.key).join(', ')}`
  throw new UploadError('store-failed', {}, { stage: 'store', detail, cause: first.thrown })
}

/** Takes back what an upload stored. @returns the files that the store would not delete, and why */
export function takeBack(stored: Stored, store: Store): Promise<readonly Left<StoredFile>[]> {
  return deleteAll<StoredFile>(filesOf<StoredFile>(stored), store)
}

/** A file that could not be deleted. */
export interface Left<File> {
  readonly file: File
  readonly thrown: unknown
}

async function deleteAll<File extends { readonly key: string }>(
  files: readonly File[],
  store: Store,
): Promise<readonly Left<File>[]> {
  const left: Left<File>[] = []
  for (const file of files) {
    try {
      await store.delete(file.key)
    } catch (thrown) {
      left.push({ file, thrown })
    }
  }
  return left
}
