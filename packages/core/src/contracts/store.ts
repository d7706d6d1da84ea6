/** One finished file on its way into a store. */
export interface FileToStore {
  /** `YYYYMM/<32 hex digits>[-variant].<extension>`: made by this library, never by a client. */
  readonly key: string
  readonly bytes: Uint8Array
  /** Content type of the format: image/webp, image/gif or image/avif. */
  readonly type: string
}

export interface StoredEntry {
  readonly key: string
  readonly bytes: number
}

export interface CommitOptions {
  readonly signal?: AbortSignal | undefined
  /**
   * The keys follow from the upload, and another attempt may be writing the same files, or have written them:
   * what is there already with the same bytes counts as stored, with others it is a `store-conflict`. Nothing
   * is rolled back: it could be what a successful attempt depends on. The main file, which is the first,
   * comes last. Default: false.
   */
  readonly repeatable?: boolean | undefined
}

/**
 * Where finished images live. All files of a commit become visible, or none; an existing key is never
 * overwritten. `checkStore` in `@sluice/stores/testing` examines one.
 */
export interface Store {
  /**
   * @throws UploadError `store-failed`; nothing of the commit is visible then, unless it is `repeatable`;
   * `store-conflict`
   */
  commit(files: readonly FileToStore[], options?: CommitOptions): Promise<void>
  /** undefined where there is no such key. */
  get(key: string): Promise<Uint8Array | undefined>
  /** No error where there is no such key. */
  delete(key: string): Promise<void>
  /** Keys that begin with `prefix`, in no particular order. */
  list(prefix?: string): AsyncIterable<StoredEntry>
}
