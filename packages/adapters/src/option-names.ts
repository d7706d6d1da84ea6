import type { CsrfOptions, CsrfTokenOptions } from './guard/csrf-options.js'
import type { AddressLimits } from './limits/address-limits.js'
import type { Quota } from './limits/limiter.js'
import { nearestName } from './nearest-name.js'
import { OptionError } from './option-error.js'
import type { UploadOptions } from './options.js'

// Tied to the types: a name too many or too few does not compile.
const uploadNames = {
  store: true,
  authorize: true,
  public: true,
  policy: true,
  policies: true,
  field: true,
  maxFiles: true,
  maxFields: true,
  maxFieldBytes: true,
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
  maxConcurrent: true,
  trustProxy: true,
  beforeStore: true,
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
const quotaNames = { bytes: true, files: true } satisfies Record<keyof Quota, true>

/** @throws OptionError at a name that is no option: a limit that is misspelt would be none */
export function checkOptionNames<Native, Env>(options: UploadOptions<Native, Env>): void {
  checkNames('', options, uploadNames)
  const { csrf = {}, quota = {}, addressLimits = {} } = options
  if (addressLimits !== false) checkNames('addressLimits.', addressLimits, addressNames)
  checkNames('quota.', quota, quotaNames)
  if (csrf === false) return
  checkNames('csrf.', csrf, csrfNames)
  checkNames('csrf.token.', csrf.token ?? {}, tokenNames)
}

export function checkNames(path: string, given: object, known: Readonly<Record<string, true>>): void {
  const unknown = Object.keys(given).find(name => !Object.hasOwn(known, name))
  if (unknown === undefined) return
  const names = Object.keys(known)
  const nearest = nearestName(unknown, names)
  const hint =
    nearest === undefined ? `the options are ${names.join(', ')}` : `did you mean ${path}${nearest}?`
  throw new OptionError(path + unknown, `is not an option; ${hint}`)
}
