import { storeFailed, toStoreError } from '../refuse.js'
import { type Bucket, makeBucket } from '../s3/bucket.js'
import { listPage } from '../s3/list.js'
import type { S3Options } from '../s3/options.js'
import { s3Error } from '../s3/s3-error.js'
import type { Offer, Ticket } from './offer.js'
import { type DirectPut, idGrammar, mayStillCome, type Quarantine } from './quarantine.js'

const ticketHeader = 'x-amz-meta-sluice-offer'
/** With the SHA-256 of no bytes. */
const emptyHeaders = {
  'content-type': 'application/octet-stream',
  'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
}

/**
 * A private bucket, or a prefix of one, of Amazon S3, Cloudflare R2 or what speaks S3's API. Clients put files by
 * presigned URLs (Signature Version 4): length, type, SHA-256, `If-None-Match: *` and our ticket are all signed, so that
 * the service refuses a request that differs in any of them. The bucket must allow the site's origin to PUT with these
 * headers (CORS), and should remove by a lifecycle rule what is older than a day.
 * @throws TypeError at start if the settings cannot be right
 */
export function s3Quarantine(options: S3Options): Quarantine {
  const bucket = makeBucket('s3Quarantine', options)
  return {
    present: presenter(bucket),
    find: id =>
      asked(async () => {
        const response = await bucket.send('HEAD', id)
        if (response.status === 404) return undefined
        if (!response.ok) throw await s3Error(`HEAD ${id}`, response)
        const { headers } = response
        const ticket = headers.get(ticketHeader)
        const bytes = Number(headers.get('content-length') ?? Number.NaN)
        // Our own empty file has no ticket.
        if (ticket === null) return undefined
        return { ticket, bytes: Number.isSafeInteger(bytes) ? bytes : 0, etag: headers.get('etag') ?? '' }
      }),
    read: (id, etag) =>
      asked(async () => {
        const response = await bucket.send('GET', id, { headers: { 'if-match': etag } })
        if (!response.ok) throw await s3Error(`GET ${id}`, response)
        return new Uint8Array(await response.arrayBuffer())
      }),
    settle: (id, expires) =>
      asked(async () => {
        const response = mayStillCome(expires)
          ? await bucket.send('PUT', id, { headers: emptyHeaders })
          : await bucket.send('DELETE', id)
        if (!response.ok && response.status !== 404) throw await s3Error(`settle ${id}`, response)
      }),
    async *list() {
      for (let token: string | undefined = ''; token !== undefined; ) {
        const page = await listPage(bucket, '', token)
        for (const { key, modified } of page.entries)
          if (idGrammar.test(key)) yield { id: key, since: modified }
        token = page.next
      }
    },
  }

  function asked<Value>(work: () => Promise<Value>): Promise<Value> {
    return work().catch(thrown => Promise.reject(toStoreError(thrown)))
  }
}

/** How requests of clients to a bucket are signed. */
export function presenter(bucket: Pick<Bucket, 'presign'>) {
  return async (offer: Offer, ticket: Ticket): Promise<DirectPut> => {
    const seconds = Math.floor((Date.parse(offer.expires) - Date.now()) / 1000)
    if (seconds < 1) throw storeFailed('an offer that has expired')
    const headers = {
      'content-type': offer.type,
      'if-none-match': '*',
      'x-amz-checksum-sha256': base64(offer.sha256),
      [ticketHeader]: ticket,
    }
    // Every client sends the length by itself, and no browser lets a script set it.
    const signed = { ...headers, 'content-length': String(offer.bytes) }
    return { method: 'PUT', url: await bucket.presign('PUT', offer.id, signed, seconds), headers }
  }
}

function base64(hex: string): string {
  return btoa((hex.match(/../g) ?? []).map(byte => String.fromCharCode(Number.parseInt(byte, 16))).join(''))
}
