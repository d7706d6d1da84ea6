import type { CsrfOptions, CsrfTokenOptions } from '../guard/csrf-options.js'
import type { IdempotencyOptions } from '../idempotency/options.js'
import type { AddressLimits } from '../limits/address-limits.js'
import type { Quota } from '../limits/limiter.js'
import type { UploadOptions } from '../options.js'
import { checkNames } from './checks.js'

// Tied to the types: a name too many or too few does not compile.
const uploadNames = {
  store: true,
  authorize: true,
  public: true,
  policy: true,
  policies: true,
  field: true,
  maxFiles: true,
  crop: true,
  focus: true,
  fields: true,
  required: true,
  otherFiles: true,
  maxFields: true,
  maxFieldBytes: true,
  methods: true,
  idleMs: true,
  totalMs: true,
  minBytesPerSecond: true,
  maxInFlightBytes: true,
  publicBase: true,
  renderer: true,
  csrf: true,
  addressLimits: true,
  rateLimit: true,
  quota: true,
  records: true,
  maxConcurrent: true,
  trustProxy: true,
  beforeStore: true,
  onStored: true,
  idempotency: true,
  messages: true,
  redirect: true,
  onEvent: true,
} satisfies Record<keyof UploadOptions<never>, true>
const csrfNames = { trustedOrigins: true, requireOrigin: true, token: true } satisfies Record<
  keyof CsrfOptions,
  true
>
const tokenNames = {
  secret: true,
  cookie: true,
  header: true,
  field: true,
} satisfies Record<keyof CsrfTokenOptions, true>
const addressNames = { requests: true, bytes: true } satisfies Record<keyof AddressLimits, true>
const idempotencyNames = { keyring: true, memory: true, lifetimeMs: true } satisfies Record<
  keyof IdempotencyOptions,
  true
>
const quotaNames = {
  bytes: true,
  files: true,
  maxHeldBytes: true,
  maxHeldFiles: true,
} satisfies Record<keyof Quota, true>

/**
 * @param more options of one adapter alone
 * @throws OptionError at a name that is no option, with the nearest that is one
 */
export function checkOptionNames<Native, Env>(
  options: UploadOptions<Native, Env>,
  more: Readonly<Record<string, true>> = {},
): void {
  checkNames('', options, { ...uploadNames, ...more })
  const { csrf = {}, quota = {}, addressLimits = {}, idempotency } = options
  if (addressLimits !== false) checkNames('addressLimits.', addressLimits, addressNames)
  checkNames('quota.', quota, quotaNames)
  if (typeof idempotency === 'object') checkNames('idempotency.', idempotency, idempotencyNames)
  if (csrf === false) return
  checkNames('csrf.', csrf, csrfNames)
  checkNames('csrf.token.', csrf.token ?? {}, tokenNames)
}
