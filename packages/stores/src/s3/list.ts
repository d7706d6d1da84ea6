import type { StoredEntry } from '@sluice/core'
import { storeFailed, toStoreError } from '../refuse.js'
import type { Bucket } from './bucket.js'
import { s3Error } from './s3-error.js'
import { elementOf } from './xml.js'

export interface ListedObject extends StoredEntry {
  /** Milliseconds since 1970. */
  readonly modified: number
}

export interface ListPage {
  readonly entries: readonly ListedObject[]
  /** For the next page; undefined on the last one. */
  readonly next: string | undefined
}

/**
 * One answer of ListObjectsV2: XML whose few elements are flat. `token` '' asks for the first page.
 * @throws UploadError `store-failed`, also for a list that goes on and does not say how: a service that knows the first
 * version only, which would seem to have no more than its first thousand files
 */
export async function listPage(bucket: Bucket, prefix: string, token: string): Promise<ListPage> {
  const query = {
    'list-type': '2',
    prefix: bucket.prefix + prefix,
    ...(token === '' ? {} : { 'continuation-token': token }),
  }
  try {
    const response = await bucket.send('GET', '', { query })
    if (!response.ok) throw await s3Error('list', response)
    return readPage(await response.text(), bucket.prefix.length, token)
  } catch (thrown) {
    throw toStoreError(thrown)
  }
}

function readPage(xml: string, prefixLength: number, token: string): ListPage {
  if (!xml.includes('<ListBucketResult')) throw storeFailed(`list: no list: ${xml.slice(0, 100)}`)
  const entries = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, object = '']) => ({
    key: (elementOf(object, 'Key') ?? '').slice(prefixLength),
    bytes: Number(elementOf(object, 'Size')),
    modified: Date.parse(elementOf(object, 'LastModified') ?? ''),
  }))
  const next = elementOf(xml, 'NextContinuationToken')
  if (next === undefined && elementOf(xml, 'IsTruncated') === 'true')
    throw storeFailed('list: goes on, but not how: the service must know ListObjectsV2')
  if (next !== undefined && next === token) throw storeFailed('list: does not go on, but repeats itself')
  return { entries, next }
}
