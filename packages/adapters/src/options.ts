import type { Policy, PolicyInput, Renderer, Store, UploadEvent } from '@sluice/core'
import type { Messages } from './answer/messages.js'
import type { BeforeStore } from './guard/before-store.js'
import type { CsrfOptions } from './guard/csrf-options.js'
import type { Authorize } from './guard/identity.js'
import type { Limiter, Quota } from './guard/limiter.js'

/** A logger with these two methods (console, pino), or a function. */
export type EventSink =
  | ((event: UploadEvent) => void)
  | { info(event: UploadEvent): void; warn(event: UploadEvent): void }

/**
 * The request of the framework is `Native`; `Env` is what its runtime hands over besides (bindings of a
 * Worker).
 */
export interface UploadOptions<Native, Env = unknown> {
  /** A folder, a Store, or a function of the runtime's environment that returns one. */
  readonly store: string | Store | ((env: Env) => Store)
  /** Who may upload. Without it, `public: true` must say that everybody may. */
  readonly authorize?: Authorize<Native>
  readonly public?: boolean
  /** For all roles. Default: `definePolicy()`. */
  readonly policy?: Policy | PolicyInput
  /** By role, instead of `policy`: a role that is not in it may not upload. */
  readonly policies?: Readonly<Record<string, Policy | PolicyInput>>
  /** Form field of the files. Default: `image`. */
  readonly field?: string
  /** Most files in one request, 1 to 100. Default: 1. All of a request are stored, or none. */
  readonly maxFiles?: number
  /** Most other form fields. Default: 20. */
  readonly maxFields?: number
  /** Longest value of another form field, in bytes. Default: 16,384. */
  readonly maxFieldBytes?: number
  /** Longest silence of a client that uploads, in milliseconds. Default: 10,000. */
  readonly idleMs?: number
  /** Longest upload, in milliseconds. Default: 120,000. */
  readonly totalMs?: number
  /** What URLs of stored images begin with. Default: `/images/`. */
  readonly publicBase?: string
  /** Default: `defaultRenderer()`. */
  readonly renderer?: Renderer
  /** Protection against forms on other sites. Default: on, no other origin trusted, no token. */
  readonly csrf?: CsrfOptions | false
  /** `consume(key, points)` as rate-limiter-flexible has it: one point a request, before the body is read. */
  readonly rateLimit?: Limiter
  /** Charged with what arrived, before it is processed. */
  readonly quota?: Quota
  /** Most uploads of one user (or address) at the same time in this process. Default: 4. */
  readonly maxConcurrent?: number
  /**
   * Who tells the address of the client: nobody but the connection (default), that many proxies in front
   * through X-Forwarded-For, or a header that the platform always sets itself (`cf-connecting-ip`).
   */
  readonly trustProxy?: number | string
  /** A virus scanner or a moderation service: sees the finished files. */
  readonly beforeStore?: BeforeStore
  /** Refusals in other languages, by language tag; chosen by Accept-Language. English is built in. */
  readonly messages?: Readonly<Record<string, Messages>>
  /**
   * Where a form of a browser is sent after its upload (303), with `?upload=<code>`. Default: it gets JSON.
   */
  readonly redirect?: string
  /** Called once an upload, accepted or refused. */
  readonly onEvent?: EventSink
}
