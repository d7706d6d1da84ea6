import { type FileToStore, keyGrammar, type Store, UploadError } from '@sluice/core'
import { checkAbort, checkKeys, isSame, mainLast, storeConflict, storeFailed } from './refuse.js'

/** As much of Cloudflare's `R2Bucket` as is used here: pass `env.BUCKET`. */
export interface R2Binding {
  put(
    key: string,
    bytes: Uint8Array,
    options: {
      readonly onlyIf: { readonly etagDoesNotMatch: string }
      readonly httpMetadata: { readonly contentType: string; readonly cacheControl: string }
      readonly customMetadata: Record<string, string>
    },
  ): Promise<object | null>
  head(key: string): Promise<{ readonly customMetadata?: Record<string, string> } | null>
  get(key: string): Promise<{ arrayBuffer(): Promise<ArrayBuffer> } | null>
  delete(keys: string[]): Promise<void>
  list(options: { readonly prefix: string; readonly cursor?: string }): Promise<R2Page>
}

type R2Page = { readonly objects: readonly { readonly key: string; readonly size: number }[] } & (
  | { readonly truncated: true; readonly cursor: string }
  | { readonly truncated: false }
)

/**
 * Keeps files in an R2 bucket through a Worker's binding. An existing key is never overwritten: the service
 * checks and writes atomically (`If-None-Match: *`), so there is no race between the two (TOCTOU).
 *
 * A failed commit is rolled back by deleting. There is no journal: a Worker that is terminated within a
 * commit leaves what it has put. The main file is put last, so that what is left are variants whose main file
 * is missing.
 */
export function r2Store(bucket: R2Binding): Store {
  return {
    async commit(files, { signal, repeatable = false } = {}) {
      checkKeys(files)
      checkAbort(signal)
      if (repeatable) return await commitRepeatably(bucket, files, signal)
      const commit = crypto.randomUUID()
      const tried: string[] = []
      try {
        for (const file of mainLast(files)) {
          tried.push(file.key)
          if (!(await putNew(bucket, file, commit))) throw storeFailed(`${file.key} exists`)
          checkAbort(signal)
        }
      } catch (thrown) {
        const left = await takeBack(bucket, tried, commit)
        if (thrown instanceof UploadError && left.length === 0) throw thrown
        throw storeFailed(`${thrown}${left.length > 0 ? `; left behind: ${left.join(', ')}` : ''}`, thrown)
      }
    },
    async get(key) {
      if (!keyGrammar.test(key)) return undefined
      const object = await asked(bucket.get(key))
      return object ? new Uint8Array(await asked(object.arrayBuffer())) : undefined
    },
    async delete(key) {
      if (keyGrammar.test(key)) await asked(bucket.delete([key]))
    },
    async *list(prefix = '') {
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const page: R2Page = await asked(bucket.list(cursor === '' ? { prefix } : { prefix, cursor }))
        for (const { key, size } of page.objects) if (keyGrammar.test(key)) yield { key, bytes: size }
        cursor = page.truncated ? page.cursor : undefined
      }
    },
  }
}

/** An existing file with the same bytes is as good as our own, and nothing is rolled back. */
async function commitRepeatably(
  bucket: R2Binding,
  files: readonly FileToStore[],
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const file of mainLast(files)) {
    checkAbort(signal)
    if (await asked(putNew(bucket, file))) continue
    const found = await asked(bucket.get(file.key))
    if (!found) throw storeFailed(`${file.key} was there, and is gone`)
    if (!isSame(new Uint8Array(await asked(found.arrayBuffer())), file.bytes)) throw storeConflict(file.key)
  }
}

/** @returns false where the key is taken */
async function putNew(
  bucket: R2Binding,
  { key, bytes, type }: FileToStore,
  commit?: string,
): Promise<boolean> {
  const put = await bucket.put(key, bytes, {
    onlyIf: { etagDoesNotMatch: '*' },
    // The name is random and its content never changes.
    httpMetadata: { contentType: type, cacheControl: 'public, max-age=31536000, immutable' },
    customMetadata: commit === undefined ? {} : { commit },
  })
  return put !== null
}

/** Deletes what this commit put, and nothing that was there before; returns what could not be deleted. */
async function takeBack(
  bucket: R2Binding,
  keys: readonly string[],
  commit: string,
): Promise<readonly string[]> {
  const taken = await Promise.allSettled(
    keys.map(async key => {
      const found = await bucket.head(key)
      if (found?.customMetadata?.commit === commit) await bucket.delete([key])
    }),
  )
  return keys.filter((_, index) => taken[index]?.status === 'rejected')
}

async function asked<Value>(answer: Promise<Value>): Promise<Value> {
  return answer.catch(thrown => {
    throw storeFailed(String(thrown), thrown)
  })
}
