import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UploadError } from '@sluice/core'
import { writeDurably } from '@sluice/stores/fs/durable'
import { privateMode } from '@sluice/stores/fs/layout'
import { type S3StoreOptions, s3Store } from '@sluice/stores/s3'
import { type Bucket, makeBucket } from '@sluice/stores/s3/bucket'
import { type ListPage, listPage } from '@sluice/stores/s3/list'
import { UsageError } from '../terminal.js'
import { type Entry, type Library, type Looked, Unreadable } from './library.js'

/** Whatever is below a bucket's prefix, also under names that the store would not give. */
export function bucketLibrary(name: string, options: S3StoreOptions): Library {
  const bucket = makeBucket('sluice', options)
  return {
    name,
    openStore: () => s3Store(options),
    // S3 has no count: a list of all costs a request for each thousand.
    count: async () => undefined,
    entries: after => entriesOf(bucket, after),
    look: path => lookAt(bucket, path),
    async has(path) {
      const { ok, status } = await bucket.send('HEAD', path).catch(cannotAsk)
      if (!ok && status !== 404) throw new UsageError(`the bucket could not be queried: ${status}`)
      return ok
    },
    async quarantine(path, to) {
      const target = join(to, encodeURIComponent(path))
      const looked = await lookAt(bucket, path)
      if (looked === undefined) return target
      await mkdir(dirname(target), { recursive: true, mode: privateMode })
      await writeDurably(target, looked.bytes)
      const { ok, status } = await bucket.send('DELETE', path).catch(cannotAsk)
      if (!ok && status !== 404) throw new Unreadable('unreadable', `DELETE: ${status}`)
      return target
    },
  }
}

/** @throws UsageError where the bucket cannot be listed, or lists without order */
async function* entriesOf(bucket: Bucket, after = ''): AsyncGenerator<Entry> {
  let last = ''
  for (let token: string | undefined = ''; token !== undefined; ) {
    const page: ListPage = await listPage(bucket, '', token).catch(cannotList)
    for (const { key } of page.entries) {
      if (key < last) throw new UsageError('the bucket does not list its keys in order')
      last = key
      if (key > after) yield { path: key, kind: 'file' }
    }
    token = page.next
  }
}

/** No answer, or a redirect. */
function cannotAsk(thrown: unknown): never {
  throw new UsageError(
    `the bucket could not be queried: ${thrown instanceof Error ? thrown.message : thrown}`,
  )
}

function cannotList(thrown: unknown): never {
  if (thrown instanceof UploadError) throw new UsageError(`the bucket could not be listed: ${thrown.detail}`)
  throw thrown
}

async function lookAt(bucket: Bucket, key: string): Promise<Looked | undefined> {
  try {
    const response = await bucket.send('GET', key)
    if (response.status === 404) return undefined
    if (!response.ok) throw new Unreadable('unreadable', `GET: ${response.status}`)
    const modified = Date.parse(response.headers.get('last-modified') ?? '')
    return {
      bytes: new Uint8Array(await response.arrayBuffer()),
      type: response.headers.get('content-type') ?? 'none',
      ...(Number.isNaN(modified) ? {} : { modified }),
    }
  } catch (thrown) {
    if (thrown instanceof Unreadable) throw thrown
    // A broken line, or an answer that was cut.
    throw new Unreadable('unreadable', String(thrown))
  }
}
