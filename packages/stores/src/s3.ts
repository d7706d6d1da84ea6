import { keyGrammar, type Store } from '@sluice/core'
import { checkAbort, checkKeys, storeFailed, toStoreError } from './refuse.js'
import { makeBucket, type S3StoreOptions } from './s3/bucket.js'
import { listPage } from './s3/list.js'
import { deleteOwn, putNew } from './s3/object.js'

export type { S3StoreOptions } from './s3/bucket.js'

/**
 * Keeps files in a bucket of Amazon S3 or anything that speaks its API, from any runtime with fetch. An
 * existing key is refused by the service (`If-None-Match: *`, which it must support; `checkStore` shows it).
 *
 * A commit that fails is taken back by deleting. There is no journal: a process that dies within a commit
 * leaves what it has put. The main file is put last, so that what is left are variants whose main file is
 * missing.
 * @throws TypeError at start if the settings cannot be right
 */
export function s3Store(options: S3StoreOptions): Store {
  const bucket = makeBucket(options)
  return {
    async commit(files, { signal } = {}) {
      checkKeys(files)
      const commit = crypto.randomUUID()
      const tried: string[] = []
      try {
        for (const file of [...files].reverse()) {
          tried.push(file.key)
          await putNew(bucket, file, commit, signal)
        }
        checkAbort(signal)
      } catch (thrown) {
        const left = await deleteOwn(bucket, tried, commit)
        throw toStoreError(
          thrown,
          signal,
          left.length > 0 ? `could not be taken back: ${left.join(', ')}` : '',
        )
      }
    },
    async get(key) {
      if (!keyGrammar.test(key)) return undefined
      const response = await bucket.send('GET', key).catch(thrown => Promise.reject(toStoreError(thrown)))
      if (response.status === 404) return undefined
      if (!response.ok) throw storeFailed(`GET ${key}: ${response.status}`)
      return new Uint8Array(await response.arrayBuffer())
    },
    async delete(key) {
      if (!keyGrammar.test(key)) return
      const { ok, status } = await bucket
        .send('DELETE', key)
        .catch(thrown => Promise.reject(toStoreError(thrown)))
      if (!ok && status !== 404) throw storeFailed(`DELETE ${key}: ${status}`)
    },
    async *list(prefix = '') {
      for (let token: string | undefined = ''; token !== undefined; ) {
        const page = await listPage(bucket, prefix, token)
        yield* page.entries.filter(({ key }) => keyGrammar.test(key))
        token = page.next
      }
    },
  }
}
