import { defaultRenderer } from '@sluice/codecs'
import { checkSupport, type Renderer, type Store, type UploadEvent } from '@sluice/core'
import { openFolder } from '#folder-store'
import type { AnswerSettings } from './answer/answer-to.js'
import { eventSink } from './event-sink.js'
import type { BeforeStore } from './guard/before-store.js'
import { clientAddress } from './guard/client-address.js'
import { concurrency } from './guard/concurrency.js'
import { crossOriginGuard } from './guard/cross-origin.js'
import { csrfTokenGuard } from './guard/csrf-token.js'
import type { GuardSettings } from './guard/guard.js'
import { type Authorize, visitor } from './guard/identity.js'
import type { Quota } from './guard/limiter.js'
import { policyByRole } from './guard/policy-by-role.js'
import { OptionError } from './option-error.js'
import { checkOptionNames } from './option-names.js'
import type { UploadOptions } from './options.js'
import type { BodyLimits } from './receive/limited-chunks.js'
import type { FormLimits } from './receive/multipart.js'

/** Options after they were checked, with nothing left open. */
export interface Settings<Native, Env> extends GuardSettings<Native>, AnswerSettings {
  readonly storeOf: (env: Env) => Store
  readonly renderer: Renderer
  readonly quota: Quota
  readonly beforeStore: BeforeStore | undefined
  readonly limits: Omit<FormLimits & BodyLimits, 'maxBytes'>
  readonly publicBase: string
  readonly onEvent: (event: UploadEvent) => void
}

/**
 * @throws OptionError, PolicyError at start: an endpoint that is set up wrong must not answer its first
 * request
 */
export function checkOptions<Native, Env>(options: UploadOptions<Native, Env>): Settings<Native, Env> {
  checkOptionNames(options)
  const { csrf = {}, publicBase = '/images/', renderer = defaultRenderer() } = options
  return {
    authorize: checkAuthorize(options),
    policyOf: policyByRole(options.policy, options.policies, policy => checkSupport(policy, renderer)),
    storeOf: checkStore(options.store),
    renderer,
    checkOrigin: csrf === false ? () => {} : crossOriginGuard(csrf.trustedOrigins),
    csrfToken: csrf !== false && csrf.token ? csrfTokenGuard(csrf.token) : undefined,
    rateLimit: options.rateLimit,
    quota: options.quota ?? {},
    running: concurrency(whole(options, 'maxConcurrent', 4, 1, 10_000)),
    addressOf: clientAddress(options.trustProxy),
    beforeStore: options.beforeStore,
    limits: {
      field: options.field ?? 'image',
      maxFiles: whole(options, 'maxFiles', 1, 1, 100),
      maxFields: whole(options, 'maxFields', 20, 0, 1000),
      maxFieldBytes: whole(options, 'maxFieldBytes', 16_384, 0, 2 ** 20),
      idleMs: whole(options, 'idleMs', 10_000, 1, 600_000),
      totalMs: whole(options, 'totalMs', 120_000, 1, 3_600_000),
    },
    publicBase: publicBase.endsWith('/') ? publicBase : `${publicBase}/`,
    messages: options.messages ?? {},
    redirect: options.redirect,
    onEvent: eventSink(options.onEvent),
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

function checkStore<Env>(store: UploadOptions<unknown, Env>['store']): (env: Env) => Store {
  if (typeof store === 'function') return store
  if (typeof store === 'string' && store !== '') {
    const opened = openFolder(store)
    return () => opened
  }
  if (typeof store === 'object' && store !== null && typeof store.commit === 'function') return () => store
  throw new OptionError('store', 'must be a folder, a Store or a function that returns one')
}

type Numbers = 'maxConcurrent' | 'maxFiles' | 'maxFields' | 'maxFieldBytes' | 'idleMs' | 'totalMs'

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
