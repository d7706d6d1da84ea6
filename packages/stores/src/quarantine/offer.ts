import type { Keyring, UploadId, View } from '@sluice/core'

/**
 * What was offered to somebody who passed the guard, signed by us. Who it is, and what they wish, is believed because of
 * the signature; what they said of the file only bounds the one request that they may make, and is not looked at again.
 */
export interface Offer extends UploadId, View {
  readonly role: string
  readonly user?: string | undefined
  /** The client's file name, as sent. */
  readonly name?: string | undefined
  /** Exactly so many bytes. */
  readonly bytes: number
  /** Content type that the file is sent with. */
  readonly type: string
  /** Of the file, 64 hex digits. */
  readonly sha256: string
  /** Until when it may be sent, ISO 8601. */
  readonly expires: string
}

/** An offer and its signature, as text: what comes back from a client or a bucket. */
export type Ticket = string

const purpose = 'offer'
/** User metadata of an S3 object has 2 KB, names included. */
const longestTicket = 1900

/** @throws RangeError where names are so long that no bucket could keep it */
export async function signOffer(offer: Offer, ring: Keyring): Promise<Ticket> {
  const text = encode(new TextEncoder().encode(JSON.stringify(offer)))
  const ticket = `${text}.${encode(await ring.mac(purpose, text, offer.secret))}`
  if (ticket.length > longestTicket)
    throw new RangeError(
      `an offer of ${ticket.length} characters: user, role and file name are too long together`,
    )
  return ticket
}

/** @returns undefined for what we have not signed, or by a secret that is gone */
export async function readOffer(ticket: Ticket, ring: Keyring): Promise<Offer | undefined> {
  const [, text = '', mac = ''] = /^([\w-]{1,1900})\.([\w-]{43})$/.exec(ticket) ?? []
  const offer = parse(text)
  if (typeof offer?.secret !== 'string') return undefined
  try {
    const right = encode(await ring.mac(purpose, text, offer.secret))
    return isSameText(right, mac) ? offer : undefined
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined
    throw thrown
  }
}

/** Only believed once its signature was checked. */
function parse(text: string): Offer | undefined {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), each =>
      each.charCodeAt(0),
    )
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof value === 'object' && value !== null ? (value as Offer) : undefined
  } catch (thrown) {
    if (thrown instanceof SyntaxError || thrown instanceof DOMException) return undefined
    throw thrown
  }
}

/** Base64url without padding (RFC 4648, 5). */
function encode(bytes: Uint8Array): string {
  const text = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** In constant time: where two texts begin to differ is not for a clock to tell. */
function isSameText(one: string, other: string): boolean {
  if (one.length !== other.length) return false
  let difference = 0
  for (let at = 0; at < one.length; at++) difference |= one.charCodeAt(at) ^ other.charCodeAt(at)
  return difference === 0
}
