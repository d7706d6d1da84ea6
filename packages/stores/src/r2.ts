import { type FileToStore, keyGrammar, type Store, UploadError } from '@sluice/core'
import { checkAbort, checkKeys, storeFailed } from './refuse.js'

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
 * Keeps files in an R2 bucket through a Worker's binding. An existing key is never written over: the service
 * checks and writes in one act (`If-None-Match: *`), so there is no race between the two (TOCTOU).
 *
 * A commit that fails is taken back by deleting. There is no journal: a Worker that is ended within a commit
 * leaves what it has put. The main file is put last, so that what is left are variants whose main file is
 * missing.
 */
export function r2Store(bucket: R2Binding): Store {
  return {
    async commit(files, { signal } = {}) {
      checkKeys(files)
      checkAbort(signal)
      const commit = crypto.randomUUID()
      const tried: string[] = []
      try {
        for (const file of [...files].reverse()) {
          tried.push(file.key)
          await putNew(bucket, file, commit)
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

async function putNew(bucket: R2Binding, { key, bytes, type }: FileToStore, commit: string): Promise<void> {
  const put = await bucket.put(key, bytes, {
    onlyIf: { etagDoesNotMatch: '*' },
    // The name is random and its content never changes.
    httpMetadata: { contentType: type, cacheControl: 'public, max-age=31536000, immutable' },
    customMetadata: { commit },
  })
  if (put === null) throw storeFailed(`${key} exists`)
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
