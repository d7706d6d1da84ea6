import { type Keyring, newUploadId, type Policy, UploadError } from '@sluice/core'
import { type DirectPut, type Quarantine, signOffer, type Ticket } from '@sluice/stores/quarantine'
import type { Identity } from '../guard/identity.js'
import { readWish } from './wish.js'

/** What a client is told: the one request that it may make, and by what it asks for the result. */
export interface Offered {
  readonly id: string
  readonly ticket: Ticket
  /** Until when it may be sent, ISO 8601. */
  readonly expires: string
  readonly put: DirectPut
}

export interface OfferRules {
  readonly policy: Policy
  readonly quarantine: Pick<Quarantine, 'present'>
  readonly keyring: Keyring
  readonly offerSeconds: number
  /** Takes a file of so many bytes from what its sender may still bring in. */
  readonly charge: (bytes: number) => Promise<void>
}

/**
 * Offers somebody who has passed the guard to put one file into quarantine. The file counts as if it had come: an offer
 * that nobody takes up costs its owner a file and its bytes all the same.
 * @param given the wish of the client, as parsed from JSON
 * @throws UploadError of `readWish` and of `charge`; `internal`
 */
export async function makeOffer(
  given: unknown,
  { role, user }: Identity,
  { policy, quarantine, keyring, offerSeconds, charge }: OfferRules,
): Promise<Offered> {
  const wish = readWish(given, policy)
  await charge(wish.bytes)
  const expires = new Date(Date.now() + 1000 * offerSeconds).toISOString()
  const who = user === undefined ? { role } : { role, user }
  const offer = { ...newUploadId(keyring), ...who, ...wish, expires }
  try {
    const ticket = await signOffer(offer, keyring)
    return { id: offer.id, ticket, expires, put: await quarantine.present(offer, ticket) }
  } catch (thrown) {
    throw UploadError.from(thrown, 'internal', { stage: 'store' })
  }
}
