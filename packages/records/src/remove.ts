import { type Discardable, discard, type Records, type Store, type UploadRecord } from '@sluice/core'

export interface RemoveOptions {
  readonly records: Records
  readonly store: Store
  /** How long the files stay yet, in milliseconds: a `sweep` after that deletes them. Default: 0, at once. */
  readonly afterMs?: number | undefined
}

/**
 * Removes an upload with all its variants. The row says so before the first file goes: what is stopped in between, or
 * fails, the next `sweep` finishes. It counts for its owner no more. Idempotent.
 * @param idOrKey of the upload, or of any of its files
 * @returns false where there is no such upload
 * @throws UploadError `store-failed` where a file could not be deleted
 */
export async function removeUpload(
  idOrKey: string,
  { records, store, afterMs = 0 }: RemoveOptions,
): Promise<boolean> {
  const [row] = await records.find([idOrKey])
  if (row === undefined) return false
  await records.remove([row.id], new Date(Date.now() + afterMs))
  if (afterMs <= 0) await deleteFiles(row, { records, store })
  return true
}

/** Files first, then the row: a file without a row would never be found. */
export async function deleteFiles(
  row: UploadRecord,
  { records, store }: Pick<RemoveOptions, 'records' | 'store'>,
): Promise<void> {
  const [main, ...variants] = row.files
  if (main) {
    const named = variants.map(variant => [variant.name, variant] as const)
    await discard({ ...main, variants: Object.fromEntries(named) } satisfies Discardable, store)
  }
  await records.forget([row.id])
}
