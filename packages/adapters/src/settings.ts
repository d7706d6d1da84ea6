import { bodyShare, sharedRenderer } from '@sluice/codecs'
import { checkSupport, type Renderer, type Store } from '@sluice/core'
import type { AnswerSettings } from './answer/answer-to.js'
import { checkMessages } from './answer/messages.js'
import { checkRedirect } from './answer/redirect.js'
import { callable, flag, hasMethods, oneOf, whole } from './checks/checks.js'
import { checkOptionNames } from './checks/option-names.js'
import { type EndpointEvent, endpointEvent, type LogEvent } from './events/endpoint-event.js'
import { eventSink } from './events/event-sink.js'
import type { OnStored } from './form.js'
import type { BeforeStore } from './guard/before-store.js'
import { clientAddress } from './guard/client-address.js'
import { crossOriginGuard, type OriginGuard } from './guard/cross-origin.js'
import { csrfTokenGuard } from './guard/csrf-token.js'
import type { GuardSettings } from './guard/guard.js'
import { type Authorize, visitor } from './guard/identity.js'
import { loopbackGuard } from './guard/loopback.js'
import { policyByRole } from './guard/policy-by-role.js'
import type { RecordingSettings } from './guard/recording.js'
import { type Idempotency, idempotency } from './idempotency/idempotency.js'
import { addressLimits, describeAddressLimits } from './limits/address-limits.js'
import { concurrency } from './limits/concurrency.js'
import { checkLimiter, type Quota } from './limits/limiter.js'
import { OptionError } from './option-error.js'
import type { UploadOptions } from './options.js'
import { formRules } from './receive/file-fields.js'
import { type Lease, leaseBytes } from './receive/in-flight.js'
import type { FormLimits } from './receive/multipart.js'
import type { Patience } from './receive/patience.js'
import { openRecords } from './runtime/open-records.js'
import { openStore } from './runtime/open-store.js'

/** Options after they were checked, with nothing left open. */
export interface Settings<Native, Env> extends GuardSettings<Native>, AnswerSettings, RecordingSettings<Env> {
  readonly storeOf: (env: Env) => Store | Promise<Store>
  readonly renderer: Renderer
  readonly quota: Quota
  readonly beforeStore: BeforeStore | undefined
  readonly onStored: OnStored<Native> | undefined
  readonly idempotency: Idempotency | undefined
  readonly limits: Patience & Pick<FormLimits, 'required' | 'otherFiles' | 'maxFields' | 'maxFieldBytes'>
  readonly leaseBytes: () => Lease
  /** Of all roles, in bytes. */
  readonly largestBody: number
  readonly publicBase: string
  readonly onEvent: (event: LogEvent) => void
}

/**
 * @param more names of options that one adapter alone has
 * @throws OptionError, PolicyError at start: an endpoint that is set up wrong must not answer its first
 * request
 */
export function checkOptions<Native, Env>(
  options: UploadOptions<Native, Env>,
  more?: Readonly<Record<string, true>>,
): Settings<Native, Env> {
  checkOptionNames(options, more)
  const { csrf = {}, quota = {}, renderer = sharedRenderer(), rateLimit, beforeStore, onStored } = options
  checkRenderer(renderer)
  callable('beforeStore', beforeStore)
  callable('onStored', onStored)
  for (const [name, limiter] of Object.entries({
    rateLimit,
    'quota.bytes': quota.bytes,
    'quota.files': quota.files,
  }))
    checkLimiter(name, limiter)
  let largest = 0
  const rulesOfRole = formRules(options)
  const rulesOf = policyByRole(options.policy, options.policies, (policy, role) => {
    const rules = rulesOfRole(policy, role)
    for (const each of [rules, ...rules.fields.values()]) checkSupport(each.policy, renderer)
    largest = Math.max(largest, rules.maxBytes)
    return rules
  })
  const maxInFlight = checkInFlight(options, largest)
  const onEvent = eventSink(options.onEvent)
  const settings: Settings<Native, Env> = {
    authorize: checkAuthorize(options),
    methods: checkMethods(options.methods),
    rulesOf,
    storeOf: openStore<Env, Store>(options.store, ['commit', 'get', 'delete', 'list']),
    ...openRecords(options),
    renderer,
    checkOrigin: checkOrigin(options),
    csrfToken: csrf !== false && csrf.token ? csrfTokenGuard(csrf.token) : undefined,
    addressLimits: addressLimits(options.addressLimits),
    rateLimit,
    quota,
    running: concurrency(whole('maxConcurrent', options.maxConcurrent, 4, 1, 10_000)),
    addressOf: clientAddress(options.trustProxy, header => onEvent(unheardProxy(header))),
    beforeStore,
    onStored,
    idempotency: idempotency(options.idempotency, renderer),
    limits: {
      required: flag('required', options.required, !areOptional(options.fields)),
      otherFiles: oneOf('otherFiles', options.otherFiles, 'refuse', ['refuse', 'ignore', 'pass']),
      maxFields: whole('maxFields', options.maxFields, 20, 0, 1000),
      maxFieldBytes: whole('maxFieldBytes', options.maxFieldBytes, 16_384, 0, 2 ** 20),
      idleMs: whole('idleMs', options.idleMs, 10_000, 1, 600_000),
      totalMs: whole('totalMs', options.totalMs, 120_000, 1, 3_600_000),
      minBytesPerSecond: whole('minBytesPerSecond', options.minBytesPerSecond, 1024, 0, 2 ** 20),
    },
    leaseBytes: () => leaseBytes(maxInFlight),
    largestBody: largest,
    publicBase: checkPublicBase(options.publicBase),
    messages: checkMessages(options.messages),
    redirect: checkRedirect(options.redirect),
    single: options.fields === undefined && (options.maxFiles ?? 1) === 1,
    onEvent,
  }
  onEvent(started(options, maxInFlight))
  return settings
}

function started(options: Pick<UploadOptions<never>, 'addressLimits'>, maxInFlight: number): EndpointEvent {
  const held = `at most ${Math.floor(maxInFlight / 2 ** 20)} MiB of bodies at a time (maxInFlightBytes)`
  return endpointEvent(
    'endpoint.started',
    `ready for uploads: ${describeAddressLimits(options.addressLimits)}; ${held}`,
  )
}

function unheardProxy(header: string): EndpointEvent {
  const told = `a request came with ${header}, but trustProxy is not set`
  return endpointEvent(
    'endpoint.warning',
    `${told}: behind a proxy, all its clients count as one address; without one, set trustProxy: 0`,
  )
}

/** Behind a proxy, its connections are loopback ones and the Host is whatever the site is called. */
function checkOrigin<Native, Env>({ csrf = {}, trustProxy }: UploadOptions<Native, Env>): OriginGuard {
  if (csrf === false) return () => {}
  const crossOrigin = crossOriginGuard(csrf)
  const loopback = trustProxy ? () => {} : loopbackGuard(csrf.trustedOrigins, trustProxy === undefined)
  return incoming => {
    loopback(incoming)
    crossOrigin(incoming)
  }
}

function checkAuthorize<Native, Env>(options: UploadOptions<Native, Env>): Authorize<Native> {
  const { authorize, policies } = options
  if (typeof authorize === 'function' && options.public !== true) return authorize
  if (authorize === undefined && options.public === true) {
    if (policies !== undefined && !Object.hasOwn(policies, visitor.role))
      throw new OptionError(
        'policies',
        `has no ${visitor.role}, the role of everybody when \`public\` is true`,
      )
    return () => visitor
  }
  throw new OptionError(
    'authorize',
    authorize === undefined
      ? 'is missing: say who may upload, or `public: true` if everybody may'
      : 'must be a function, and cannot be combined with `public: true`',
  )
}

const methods: readonly string[] = ['POST', 'PUT', 'PATCH']

function checkMethods(given: readonly string[] = ['POST']): readonly string[] {
  if (Array.isArray(given) && given.length > 0 && given.every(method => methods.includes(method)))
    return given
  throw new OptionError('methods', `must be a list of ${methods.join(', ')}`)
}

function checkRenderer(renderer: unknown): void {
  if (typeof renderer === 'function')
    throw new OptionError(
      'renderer',
      'must be a renderer, not the function that makes one: call it, as in defaultRenderer()',
    )
  hasMethods('renderer', renderer, ['render'], 'a renderer, such as workerPool() or defaultRenderer()')
}

function checkPublicBase(base = '/images/'): string {
  if (typeof base !== 'string')
    throw new OptionError('publicBase', 'must be a path or the beginning of a URL')
  return base.endsWith('/') ? base : `${base}/`
}

/** Whether every field says that it may be empty. */
function areOptional(fields: UploadOptions<never>['fields'] = {}): boolean {
  const all = Object.values(fields)
  return all.length > 0 && all.every(field => field.required === false)
}

/** @param largest body of all roles: what never fits would be refused as busy for ever */
function checkInFlight(options: { readonly maxInFlightBytes?: number }, largest: number): number {
  const fallback = Math.max(largest, bodyShare())
  return whole('maxInFlightBytes', options.maxInFlightBytes, fallback, largest, Number.MAX_SAFE_INTEGER)
}
