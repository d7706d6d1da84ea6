import { UploadError } from '@sluice/core'
import type { Who } from '../events/request-events.js'
import type { FormFields } from '../form.js'
import { type AddressLimits, addressKey } from '../limits/address-limits.js'
import type { Concurrency } from '../limits/concurrency.js'
import { consume, type Limiter, rateLimitHeaders } from '../limits/limiter.js'
import type { FormRules } from '../receive/file-fields.js'
import type { ClientAddress } from './client-address.js'
import type { OriginGuard } from './cross-origin.js'
import type { CsrfTokenGuard } from './csrf-token.js'
import { type Authorize, type Identity, readIdentity } from './identity.js'
import type { Incoming } from './incoming.js'
import type { ByRole } from './policy-by-role.js'

export interface GuardSettings<Native> {
  readonly authorize: Authorize<Native>
  readonly methods: readonly string[]
  readonly rulesOf: ByRole<FormRules>
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
  readonly rules: FormRules
  /** What limits are counted by: the user, or the address of somebody without a name. */
  readonly key: string
  /** What limits of the address are counted by, whoever it is. */
  readonly address: string
  /**
   * Called before each file, with the fields so far, and at the end of the form: a CSRF token must be among
   * those before the first file.
   */
  readonly checkFields: (fields: FormFields) => Promise<void>
  /** For the answer, whatever it will be. */
  readonly headers: Readonly<Record<string, string>>
  /** Must be called when the request is done. */
  readonly release: () => void
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
  if (!settings.methods.includes(method))
    throw new UploadError('method-not-allowed', { methods: settings.methods.join(', ') })
  settings.checkOrigin(incoming)
  // Before anybody is asked who that is: asking is what an attacker may repeat, and guess by.
  if (addressLimits.requests) await consume(addressLimits.requests, address, 1, 'rate-limited')
  const identity = readIdentity(await settings.authorize(native))
  if (identity === undefined) throw new UploadError('unauthenticated')
  identify(identity)
  if (identity.role === '') throw new UploadError('forbidden')
  const rules = settings.rulesOf(identity.role)
  const { user } = identity
  let tokenSeen = csrfToken ? await csrfToken.byHeader(headers, user) : true
  const key = user === undefined ? address : `user:${user}`
  const taken = rateLimit && (await consume(rateLimit, key, 1, 'rate-limited'))
  return {
    identity,
    rules,
    key,
    address,
    checkFields: async fields => {
      if (!tokenSeen) await csrfToken?.byField(headers, user, fields)
      tokenSeen = true
    },
    headers: rateLimit && taken ? rateLimitHeaders(rateLimit, taken) : {},
    release: running.enter(key),
  }
}
