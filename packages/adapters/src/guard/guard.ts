import { type Policy, UploadError } from '@sluice/core'
import type { Who } from '../events/request-events.js'
import { type AddressLimits, addressKey } from '../limits/address-limits.js'
import type { Concurrency } from '../limits/concurrency.js'
import { consume, type Limiter, rateLimitHeaders } from '../limits/limiter.js'
import type { ClientAddress } from './client-address.js'
import type { OriginGuard } from './cross-origin.js'
import type { CsrfTokenGuard } from './csrf-token.js'
import { type Authorize, type Identity, requireIdentity } from './identity.js'
import type { Incoming } from './incoming.js'
import type { PolicyByRole } from './policy-by-role.js'

export interface GuardSettings<Native> {
  readonly authorize: Authorize<Native>
  readonly policyOf: PolicyByRole
  readonly checkOrigin: OriginGuard
  readonly csrfToken: CsrfTokenGuard | undefined
  readonly addressLimits: AddressLimits
  readonly rateLimit: Limiter | undefined
  readonly running: Concurrency
  readonly addressOf: ClientAddress
}

/** What the guard found out, all of it before a byte of the body was read. */
export interface Guarded {
  readonly identity: Identity
  readonly policy: Policy
  /** What limits are counted by: the user, or the address of somebody without a name. */
  readonly key: string
  /** What limits of the address are counted by, whoever it is. */
  readonly address: string
  /** Called before each file, with the fields so far: a CSRF token may be among those before the first. */
  readonly beforeFile: (fields: ReadonlyMap<string, string>) => Promise<void>
  /** For the answer, whatever it will be. */
  readonly headers: Readonly<Record<string, string>>
  /** Must be called when the request is done. */
  readonly leave: () => void
}

/**
 * Who may upload, from where, how often.
 * @param identify told of everything as soon as it is known, also where the request is refused afterwards
 * @throws UploadError of stage `guard`
 */
export async function guard<Native>(
  settings: GuardSettings<Native>,
  incoming: Incoming,
  native: Native,
  identify: (who: Who) => void,
): Promise<Guarded> {
  const { csrfToken, rateLimit, running, addressOf, addressLimits } = settings
  const { method, headers } = incoming
  const client = addressOf(incoming)
  const address = addressKey(client)
  identify({ address: client })
  if (method !== 'POST') throw new UploadError('method-not-allowed')
  settings.checkOrigin(incoming)
  // Before anybody is asked who that is: asking is what an attacker may repeat, and guess by.
  if (addressLimits.requests) await consume(addressLimits.requests, address, 1, 'rate-limited')
  const found = await settings.authorize(native)
  if (found) identify({ role: found.role, user: found.user })
  const identity = requireIdentity(found)
  const policy = settings.policyOf(identity.role)
  const { user } = identity
  let tokenSeen = csrfToken ? await csrfToken.byHeader(headers, user) : true
  const key = user === undefined ? address : `user:${user}`
  const taken = rateLimit && (await consume(rateLimit, key, 1, 'rate-limited'))
  return {
    identity,
    policy,
    key,
    address,
    beforeFile: async fields => {
      if (!tokenSeen) await csrfToken?.byField(headers, user, fields)
      tokenSeen = true
    },
    headers: rateLimit && taken ? rateLimitHeaders(rateLimit, taken) : {},
    leave: running.enter(key),
  }
}
