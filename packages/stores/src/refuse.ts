import { type FileToStore, keyGrammar, UploadError } from '@sluice/core'

/** The error of every store; `detail` is for logs and may name folders. */
export function storeFailed(detail: string, cause?: unknown): UploadError {
  return new UploadError('store-failed', {}, { stage: 'store', detail, cause })
}

/**
 * An attempt at an upload has found a file of its name with other bytes: never overwritten, and an alarm, for names
 * follow from everything that decides the bytes.
 */
export function storeConflict(key: string): UploadError {
  const detail = `${key} is there with other bytes: its codecs differ, or somebody has written to the store`
  return new UploadError('store-conflict', {}, { stage: 'store', detail })
}

/** The order in which files become visible: whoever finds the main file, the first, finds all of them. */
export function mainLast(files: readonly FileToStore[]): readonly FileToStore[] {
  return [...files].reverse()
}

export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}

/**
 * Refuses a commit whose keys are not of our making, or occur twice. A key becomes a path: this is what stops
 * path traversal, whoever calls the store.
 * @throws UploadError `store-failed`
 */
export function checkKeys(files: readonly FileToStore[]): void {
  const bad = files.find(file => !keyGrammar.test(file.key))
  if (bad) throw storeFailed(`not a key: ${JSON.stringify(bad.key).slice(0, 100)}`)
  if (new Set(files.map(file => file.key)).size < files.length) throw storeFailed('a key occurs twice')
}

/** @throws UploadError `aborted` */
export function checkAbort(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new UploadError('aborted', {}, { stage: 'store', cause: signal.reason })
}

/**
 * Whatever a store runs into, as the one error: `aborted` where the caller has given up, else `store-failed`.
 */
export function toStoreError(thrown: unknown, signal?: AbortSignal | undefined, more = ''): UploadError {
  if (signal?.aborted) return new UploadError('aborted', {}, { stage: 'store', detail: more, cause: thrown })
  if (thrown instanceof UploadError && more === '') return thrown
  const detail = thrown instanceof UploadError ? thrown.detail : String(thrown)
  return storeFailed([detail, more].filter(Boolean).join('; '), thrown)
}
