import type { StoredEntry } from '@sluice/core'
import { storeFailed, toStoreError } from '../refuse.js'
import type { Bucket } from './bucket.js'

export interface ListPage {
  readonly entries: readonly StoredEntry[]
  /** For the next page; undefined on the last one. */
  readonly next: string | undefined
}

/** One answer of ListObjectsV2: XML whose few elements are flat. `token` '' asks for the first page. */
export async function listPage(bucket: Bucket, prefix: string, token: string): Promise<ListPage> {
  const query = {
    'list-type': '2',
    prefix: bucket.prefix + prefix,
    ...(token === '' ? {} : { 'continuation-token': token }),
  }
  const response = await bucket
    .send('GET', '', { query })
    .catch(thrown => Promise.reject(toStoreError(thrown)))
  const xml = await response.text()
  if (!response.ok) throw storeFailed(`list: ${response.status} ${xml.slice(0, 200)}`)
  const entries = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, object = '']) => ({
    key: (elementOf(object, 'Key') ?? '').slice(bucket.prefix.length),
    bytes: Number(elementOf(object, 'Size')),
  }))
  return { entries, next: elementOf(xml, 'NextContinuationToken') }
}

function elementOf(xml: string, name: string): string | undefined {
  const start = xml.indexOf(`<${name}>`)
  const end = xml.indexOf(`</${name}>`, start)
  if (start < 0 || end < 0) return undefined
  return decodeEntities(xml.slice(start + name.length + 2, end))
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name) return entities[name] ?? whole
    return String.fromCodePoint(Math.min(decimal ? Number(decimal) : Number.parseInt(hex, 16), 0x10ffff))
  })
}
