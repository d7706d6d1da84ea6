import { type Policy, UploadError } from '@sluice/core'
import type { ClientAddress } from './client-address.js'
import type { Concurrency } from './concurrency.js'
import type { CsrfTokenGuard } from './csrf-token.js'
import { type Authorize, type Identity, requireIdentity } from './identity.js'
import type { Incoming } from './incoming.js'
import { consume, type Limiter, rateLimitHeaders } from './limiter.js'
import type { PolicyByRole } from './policy-by-role.js'

export interface GuardSettings<Native> {
  readonly authorize: Authorize<Native>
  readonly policyOf: PolicyByRole
  readonly checkOrigin: (headers: Headers) => void
  readonly csrfToken: CsrfTokenGuard | undefined
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
  /** Called with the fields that come before the first file: a CSRF token may be among them. */
  readonly beforeFile: (fields: ReadonlyMap<string, string>) => Promise<void>
  /** For the answer, whatever it will be. */
  readonly headers: Readonly<Record<string, string>>
  /** Must be called when the request is done. */
  readonly leave: () => void
}

/**
 * Who may upload, from where, how often.
 * @throws UploadError of stage `guard`
 */
export async function guard<Native>(
  settings: GuardSettings<Native>,
  incoming: Incoming,
  native: Native,
): Promise<Guarded> {
  const { csrfToken, rateLimit, running, addressOf } = settings
  const { method, headers } = incoming
  if (method !== 'POST') throw new UploadError('method-not-allowed')
  settings.checkOrigin(headers)
  const identity = requireIdentity(await settings.authorize(native))
  const policy = settings.policyOf(identity.role)
  const { user } = identity
  const tokenSeen = csrfToken ? await csrfToken.byHeader(headers, user) : true
  const key = user === undefined ? `address:${addressOf(incoming)}` : `user:${user}`
  const taken = rateLimit && (await consume(rateLimit, key, 1, 'rate-limited'))
  return {
    identity,
    policy,
    key,
    beforeFile: async fields => {
      if (!tokenSeen) await csrfToken?.byField(headers, user, fields)
    },
    headers: rateLimit && taken ? rateLimitHeaders(rateLimit, taken) : {},
    leave: running.enter(key),
  }
}
