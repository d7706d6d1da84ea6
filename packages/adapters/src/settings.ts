import { memoryLimit, sharedRenderer } from '@sluice/codecs'
import { checkSupport, type Renderer, type Store } from '@sluice/core'
import type { AnswerSettings } from './answer/answer-to.js'
import { type EndpointEvent, endpointEvent, type LogEvent } from './events/endpoint-event.js'
import { eventSink } from './events/event-sink.js'
import type { BeforeStore } from './guard/before-store.js'
import { clientAddress } from './guard/client-address.js'
import { crossOriginGuard, type OriginGuard } from './guard/cross-origin.js'
import { csrfTokenGuard } from './guard/csrf-token.js'
import type { GuardSettings } from './guard/guard.js'
import { type Authorize, visitor } from './guard/identity.js'
import { loopbackGuard } from './guard/loopback.js'
import { policyByRole } from './guard/policy-by-role.js'
import { addressLimits, describeAddressLimits } from './limits/address-limits.js'
import { concurrency } from './limits/concurrency.js'
import type { Quota } from './limits/limiter.js'
import { openStore } from './open-store.js'
import { OptionError } from './option-error.js'
import { checkOptionNames } from './option-names.js'
import type { UploadOptions } from './options.js'
import { defaultInFlight, type Lease, leaseBytes } from './receive/in-flight.js'
import type { BodyLimits } from './receive/limited-chunks.js'
import type { FormLimits } from './receive/multipart.js'

/** Options after they were checked, with nothing left open. */
export interface Settings<Native, Env> extends GuardSettings<Native>, AnswerSettings {
  readonly storeOf: (env: Env) => Store | Promise<Store>
  readonly renderer: Renderer
  readonly quota: Quota
  readonly beforeStore: BeforeStore | undefined
  readonly limits: Omit<FormLimits & BodyLimits, 'maxBytes'>
  readonly leaseBytes: () => Lease
  readonly publicBase: string
  readonly onEvent: (event: LogEvent) => void
}

/**
 * @throws OptionError, PolicyError at start: an endpoint that is set up wrong must not answer its first
 * request
 */
export function checkOptions<Native, Env>(options: UploadOptions<Native, Env>): Settings<Native, Env> {
  checkOptionNames(options)
  const { csrf = {}, publicBase = '/images/', renderer = sharedRenderer() } = options
  let largest = 0
  const policyOf = policyByRole(options.policy, options.policies, policy => {
    checkSupport(policy, renderer)
    largest = Math.max(largest, policy.maxBytes)
  })
  const maxInFlight = checkInFlight(options, largest)
  const onEvent = eventSink(options.onEvent)
  const settings: Settings<Native, Env> = {
    authorize: checkAuthorize(options),
    policyOf,
    storeOf: openStore<Env, Store>(options.store, 'commit'),
    renderer,
    checkOrigin: checkOrigin(options),
    csrfToken: csrf !== false && csrf.token ? csrfTokenGuard(csrf.token) : undefined,
    addressLimits: addressLimits(options.addressLimits),
    rateLimit: options.rateLimit,
    quota: options.quota ?? {},
    running: concurrency(whole(options, 'maxConcurrent', 4, 1, 10_000)),
    addressOf: clientAddress(options.trustProxy, header => onEvent(unheardProxy(header))),
    beforeStore: options.beforeStore,
    limits: {
      field: options.field ?? 'image',
      maxFiles: whole(options, 'maxFiles', 1, 1, 100),
      maxFields: whole(options, 'maxFields', 20, 0, 1000),
      maxFieldBytes: whole(options, 'maxFieldBytes', 16_384, 0, 2 ** 20),
      idleMs: whole(options, 'idleMs', 10_000, 1, 600_000),
      totalMs: whole(options, 'totalMs', 120_000, 1, 3_600_000),
      minBytesPerSecond: whole(options, 'minBytesPerSecond', 1024, 0, 2 ** 20),
    },
    leaseBytes: () => leaseBytes(maxInFlight),
    publicBase: publicBase.endsWith('/') ? publicBase : `${publicBase}/`,
    messages: options.messages ?? {},
    redirect: options.redirect,
    onEvent,
  }
  onEvent(started(options, maxInFlight))
  return settings
}

function started(options: Pick<UploadOptions<never>, 'addressLimits'>, maxInFlight: number): EndpointEvent {
  const held = `at most ${Math.floor(maxInFlight / 2 ** 20)} MiB of bodies at a time (maxInFlightBytes)`
  return endpointEvent(
    'endpoint.started',
    `uploads are taken: ${describeAddressLimits(options.addressLimits)}; ${held}`,
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
  const { authorize } = options
  if (typeof authorize === 'function' && options.public !== true) return authorize
  if (authorize === undefined && options.public === true) return () => visitor
  throw new OptionError(
    'authorize',
    authorize === undefined
      ? 'is missing: say who may upload, or `public: true` if everybody may'
      : 'must be a function, and goes without `public: true`',
  )
}

/** @param largest `maxBytes` of the policies: what never fits would be refused as busy for ever */
function checkInFlight(options: { readonly maxInFlightBytes?: number }, largest: number): number {
  const fallback = Math.max(largest, defaultInFlight(memoryLimit()))
  return whole(options, 'maxInFlightBytes', fallback, largest, Number.MAX_SAFE_INTEGER)
}

type Numbers =
  | 'maxConcurrent'
  | 'maxFiles'
  | 'maxFields'
  | 'maxFieldBytes'
  | 'idleMs'
  | 'totalMs'
  | 'minBytesPerSecond'
  | 'maxInFlightBytes'

function whole(
  options: { readonly [Name in Numbers]?: number },
  name: Numbers,
  fallback: number,
  min: number,
  max: number,
): number {
  const value = options[name] ?? fallback
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value
  throw new OptionError(name, `must be a whole number from ${min} to ${max}`)
}
