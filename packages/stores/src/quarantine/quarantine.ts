import type { Offer, Ticket } from './offer.js'

/** The one request that a client may make. */
export interface DirectPut {
  readonly method: 'PUT'
  readonly url: string
  /** All of them must be sent as they are; the length of the body is signed as well. */
  readonly headers: Readonly<Record<string, string>>
}

/** Something that lies in quarantine, before anybody has looked at it. */
export interface Quarantined {
  readonly ticket: Ticket
  readonly bytes: number
  /** Which version of it this is: read again by it, it is the same. */
  readonly etag: string
}

/** An entry of a list. */
export interface Waiting {
  readonly id: string
  /** When it came, in milliseconds since 1970. */
  readonly since: number
}

/**
 * Where clients put files by themselves: private, never served, and emptied by `ingest`. Nothing that lies here was
 * looked at, and nothing that is written beside it is believed but what our signature covers.
 */
export interface Quarantine {
  /** A request that puts exactly the file of the offer, once, until it expires. */
  present(offer: Offer, ticket: Ticket): Promise<DirectPut>
  /** undefined where nothing is, or nothing any more. @throws UploadError `store-failed` */
  find(id: string): Promise<Quarantined | undefined>
  /**
   * @param etag of `find`: what has changed since is not read (`If-Match`)
   * @throws UploadError `store-failed`
   */
  read(id: string, etag: string): Promise<Uint8Array>
  /**
   * Removes a file for good: until the offer has expired an empty one stays in its place, so that its URL, which is
   * still valid, puts nothing a second time. Idempotent.
   * @throws UploadError `store-failed`
   */
  settle(id: string, expires: Date): Promise<void>
  /** What lies here, empty files too. @throws UploadError `store-failed` */
  list(): AsyncIterable<Waiting>
}

/** What an id looks like: it becomes a path and a key. */
export const idGrammar = /^[0-9a-f]{32}$/

/** Clocks differ: the service's may still take a URL that has expired by ours. */
const clockSkewMs = 60_000

/** Whether the URL of an offer may still put something. */
export function mayStillCome(expires: Date): boolean {
  return expires.getTime() + clockSkewMs > Date.now()
}

export interface SweepOptions {
  /**
   * What has lain for so long is abandoned, in milliseconds. More than an event may be late and an outage may last:
   * what is swept is lost. Default: 86,400,000, a day.
   */
  readonly olderThanMs?: number
  /** Asked before something is removed: a backstop for events that were lost. What it rejects with leaves the file. */
  readonly beforeRemoval?: ((id: string) => Promise<unknown>) | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Removes what was abandoned. A lifecycle rule of the bucket does the same where there is no hour in which to run this.
 * @returns how many were removed
 */
export async function sweepQuarantine(
  quarantine: Pick<Quarantine, 'list' | 'settle'>,
  { olderThanMs = 86_400_000, beforeRemoval, signal }: SweepOptions = {},
): Promise<number> {
  const before = Date.now() - olderThanMs
  let removed = 0
  for await (const { id, since } of quarantine.list()) {
    if (signal?.aborted) break
    if (!(since <= before)) continue
    await beforeRemoval?.(id)
    await quarantine.settle(id, new Date(0))
    removed++
  }
  return removed
}
