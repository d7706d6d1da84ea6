import { type FileToStore, keyGrammar, type Store } from '@sluice/core'
import { checkAbort, checkKeys, mainLast, storeFailed, toStoreError } from './refuse.js'
import { makeBucket } from './s3/bucket.js'
import { probeConditionalWrites } from './s3/conditional-writes.js'
import { listPage } from './s3/list.js'
import { deleteOwn, type Put, putNew, putSame } from './s3/object.js'
import { checkMs, type S3StoreOptions } from './s3/options.js'
import { s3Error } from './s3/s3-error.js'

export type { Credentials, S3StoreOptions } from './s3/options.js'
export { S3Error } from './s3/s3-error.js'

/**
 * Keeps files in a bucket of Amazon S3 or anything that speaks its API, from any runtime with fetch. An
 * existing key is refused by the service (`If-None-Match: *`; see `conditionalWrites` for services without
 * it).
 *
 * A failed commit is rolled back by deleting, unless it is repeatable. There is no journal: a process that
 * dies within a commit leaves what it has put. The main file is put last, so that what is left are variants
 * whose main file is missing.
 * @throws TypeError at start if the settings cannot be right
 */
export function s3Store(options: S3StoreOptions): Store {
  const { headers = {}, conditionalWrites = 'required', onWarning = console.error } = options
  const bucket = makeBucket('s3Store', options)
  const commitMs = checkMs('s3Store', 'commitMs', options.commitMs ?? 90_000, 3_600_000)
  if (!['required', 'probe'].includes(conditionalWrites))
    throw new TypeError("s3Store: conditionalWrites must be 'required' or 'probe'")
  let probed: Promise<boolean> | undefined

  /** Asked once; a probe that fails is made again. */
  async function isConditional(): Promise<boolean> {
    if (conditionalWrites === 'required') return true
    probed ??= probe()
    return probed
  }

  async function probe(): Promise<boolean> {
    try {
      const kept = await probeConditionalWrites(bucket)
      if (!kept)
        onWarning(
          `s3Store: ${options.bucket} does not keep If-None-Match: a look before each write has to do`,
        )
      return kept
    } catch (thrown) {
      probed = undefined
      throw thrown
    }
  }

  return {
    async commit(files, { signal, repeatable = false } = {}) {
      checkKeys(files)
      checkAbort(signal)
      const commit = crypto.randomUUID()
      const end = performance.now() + commitMs
      const tried: string[] = []
      try {
        const leftMs = () => end - performance.now()
        const put: Put = { bucket, headers, commit, isConditional: await isConditional(), leftMs, signal }
        for (const file of mainLast(files)) {
          tried.push(file.key)
          await (repeatable ? putSame(put, file) : putOnce(put, file))
        }
        checkAbort(signal)
      } catch (thrown) {
        const left = repeatable ? [] : await deleteOwn(bucket, tried, commit)
        const more = left.length > 0 ? `could not be taken back: ${left.join(', ')}` : ''
        throw toStoreError(thrown, signal, more)
      }
    },
    async get(key) {
      if (!keyGrammar.test(key)) return undefined
      try {
        const response = await bucket.send('GET', key)
        if (response.status === 404) return undefined
        if (!response.ok) throw await s3Error(`GET ${key}`, response)
        return new Uint8Array(await response.arrayBuffer())
      } catch (thrown) {
        throw toStoreError(thrown)
      }
    },
    async delete(key) {
      if (!keyGrammar.test(key)) return
      try {
        const response = await bucket.send('DELETE', key)
        if (!response.ok && response.status !== 404) throw await s3Error(`DELETE ${key}`, response)
      } catch (thrown) {
        throw toStoreError(thrown)
      }
    },
    async *list(prefix = '') {
      for (let token: string | undefined = ''; token !== undefined; ) {
        const page = await listPage(bucket, prefix, token)
        for (const { key, bytes } of page.entries) if (keyGrammar.test(key)) yield { key, bytes }
        token = page.next
      }
    },
  }
}

async function putOnce(put: Put, file: FileToStore): Promise<void> {
  if (!(await putNew(put, file))) throw storeFailed(`PUT ${file.key}: exists`)
}
