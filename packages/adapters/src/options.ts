import type { NarrowerInput, Policy, PolicyInput, Records, Renderer, Store } from '@sluice/core'
import type { Messages } from './answer/messages.js'
import type { EventSink } from './events/event-sink.js'
import type { OnStored } from './form.js'
import type { BeforeStore } from './guard/before-store.js'
import type { CsrfOptions } from './guard/csrf-options.js'
import type { Authorize } from './guard/identity.js'
import type { IdempotencyOptions } from './idempotency/options.js'
import type { AddressLimits } from './limits/address-limits.js'
import type { Limiter, Quota } from './limits/limiter.js'

/** What one file field of a form may hold. */
export interface FileField {
  /** Most files in this field: 1 to 100, and at most 100 in all fields together. Default: 1. */
  readonly maxFiles?: number
  /** Refuses a form without a file in this field, as `no-file`. Default: false. */
  readonly required?: boolean
  /**
   * Settings that differ from the policy of the role; or a whole policy. No limit may be wider than the
   * role's: that is an error at start, since the guard chooses limits, never the request. Sizes,
   * formats and variants of the outputs are free. Default: the policy of the role.
   */
  readonly policy?: Policy | NarrowerInput
  /**
   * Text field that says which part of the upright picture to keep: `0.1,0.2,0.5,0.5` are x, y, width and
   * height in fractions (see `parseCrop`). Sent once it holds for all files of this field, sent as often as
   * there are files for each in turn; empty for all of the picture. Default: nothing is cut off.
   */
  readonly crop?: string
  /**
   * Text field with the point that stays in view when an output is cropped: `0.5,0.3` (see `parseFocus`);
   * sent as `crop` is. Default: the `focus` of the policy.
   */
  readonly focus?: string
}

/** Methods that an upload may come by. */
export type UploadMethod = 'POST' | 'PUT' | 'PATCH'

/**
 * `Native` is the framework's request; `Env` is what its runtime passes besides (bindings of a
 * Worker).
 */
export interface UploadOptions<Native, Env = unknown> {
  /** A folder, a Store, or a function of the runtime's environment that returns one. */
  readonly store: string | Store | ((env: Env) => Store | Promise<Store>)
  /**
   * Records of what was stored, by whom and in which state, such as `sqliteRecords('./uploads.db')`; or a
   * function of the runtime's environment that returns them. Default: none.
   */
  readonly records?: Records | ((env: Env) => Records | Promise<Records>)
  /** Who may upload. Without it, `public: true` must say that everybody may. */
  readonly authorize?: Authorize<Native>
  /** Opens the endpoint to everybody, in the role `visitor`; excludes `authorize`. */
  readonly public?: boolean
  /** For all roles. Default: `definePolicy()`. */
  readonly policy?: Policy | PolicyInput
  /** By role, instead of `policy`: a role that is not in it may not upload. */
  readonly policies?: Readonly<Record<string, Policy | PolicyInput>>
  /** Form field of the files; `'*'` takes them from any field. Default: `image`. */
  readonly field?: string
  /** Most files in one request: 1 to 100. Default: 1. All of a request are stored, or none. */
  readonly maxFiles?: number
  /** As of a `FileField`: the text field with the part of the picture to keep. Default: nothing is cut off. */
  readonly crop?: string
  /** As of a `FileField`: the text field with the point that stays in view. Default: the policy's `focus`. */
  readonly focus?: string
  /**
   * Several file fields by name, instead of `field`, `maxFiles`, `crop` and `focus`:
   * `{ avatar: { policy: { output: { maxWidth: 400 } } }, gallery: { maxFiles: 10 } }`. 1 to 20 fields; one
   * named `'*'` takes what no other has.
   */
  readonly fields?: Readonly<Record<string, FileField>>
  /**
   * Refuses a request without any file, as `no-file`. Default: true, and false where every one of `fields` says
   * `required: false`.
   */
  readonly required?: boolean
  /**
   * File parts in other fields, such as a PDF next to the picture: `refuse` the request as
   * `wrong-field`, `ignore` them, or `pass` them on unread as `otherFiles`, untrusted bytes that nothing
   * has checked. They count as form fields (`maxFields`), and within `maxBytes`. Default: `refuse`.
   */
  readonly otherFiles?: 'refuse' | 'ignore' | 'pass'
  /**
   * Most values of text fields, and other file parts, in one form: 0 to 1,000; above, `too-many-fields`.
   * Default: 20.
   */
  readonly maxFields?: number
  /**
   * Longest value of a text field, in bytes: 0 to 1,048,576; above, `field-too-large`. Default: 16,384.
   */
  readonly maxFieldBytes?: number
  /** Methods that are accepted: `POST`, `PUT`, `PATCH`; others are 405. Default: `['POST']`. */
  readonly methods?: readonly UploadMethod[]
  /** Longest pause of a client that uploads, in milliseconds: 1 to 600,000. Default: 10,000. */
  readonly idleMs?: number
  /** Longest upload, in milliseconds: 1 to 3,600,000. Default: 120,000. */
  readonly totalMs?: number
  /**
   * Least rate of a client that uploads, in bytes a second, over each `idleMs`: a trickle ties up a place as
   * silence does. 0 to 1,048,576. Default: 1024.
   */
  readonly minBytesPerSecond?: number
  /**
   * Most bytes of bodies that the process holds at a time, those of its other endpoints included. Above it an
   * upload is refused as `busy` (503) with Retry-After, by its Content-Length before the body is read. At least
   * the largest body that the policies allow. Default: a tenth of the memory of the process (its cgroup's
   * limit, or the machine's), at most 1 GiB; 32 MiB with the preset `edge`.
   */
  readonly maxInFlightBytes?: number
  /** What URLs of stored images begin with. Default: `/images/`. */
  readonly publicBase?: string
  /**
   * Default: one `workerPool()` for all handlers of the process on Node, Deno and Bun, and the thread itself
   * elsewhere. With further codecs `workerPool({ codecs: [avif()] })`; `defaultRenderer()` draws on the thread
   * that serves requests.
   */
  readonly renderer?: Renderer
  /** Protection against forms on other sites. Default: on, no other origin trusted, no token. */
  readonly csrf?: CsrfOptions | false
  /**
   * What one address may do (of IPv6 a /64), before `authorize` is asked. Default: 60 uploads a minute and
   * 500 MiB an hour, counted in this process; several share their counts by limiters of
   * rate-limiter-flexible. `false`: nothing is counted by address. Where the address is not known, the
   * defaults do not count.
   */
  readonly addressLimits?: AddressLimits | false
  /**
   * By user (or address): `consume(key, points)` as rate-limiter-flexible has it, one point a request,
   * before the body is read.
   */
  readonly rateLimit?: Limiter
  /**
   * By user (or address), charged with what arrives while it arrives, whatever becomes of it; and, with `records`, the
   * most that a user may hold.
   */
  readonly quota?: Quota
  /** Most uploads of one user (or address) at the same time in this process: 1 to 10,000. Default: 4. */
  readonly maxConcurrent?: number
  /**
   * Who tells the address of the client: nobody but the connection (0), that many proxies in front through
   * X-Forwarded-For, or a header that the platform always sets itself (`cf-connecting-ip`). Default: the
   * framework's own setting where there is one (Express's `trust proxy`), else nobody; a forwarding header
   * that arrives all the same is logged once.
   */
  readonly trustProxy?: number | string
  /** A virus scanner or a moderation service: sees the finished files. */
  readonly beforeStore?: BeforeStore
  /**
   * Called once all files of a request are stored, before it is answered: the place for rows in a database.
   * If it throws or rejects, the files are deleted again, and the answer is an error: the thrown
   * `UploadError`, or `internal` (500) for anything else. With it, what a later handler answers has no say in
   * whether the files are kept.
   */
  readonly onStored?: OnStored<Native>
  /** Takes `Idempotency-Key`: see `IdempotencyOptions`; `true` for one process. Default: the header is not looked at. */
  readonly idempotency?: IdempotencyOptions | boolean
  /** Refusals in other languages, by language tag; chosen by Accept-Language. English is built in. */
  readonly messages?: Readonly<Record<string, Messages>>
  /**
   * Where a form of a browser is sent after its upload (303), with `?upload=<code>`. Default: it gets JSON.
   */
  readonly redirect?: string
  /**
   * Called once an upload, accepted or refused, and with what the endpoint tells of itself
   * (`endpoint.started`, `endpoint.warning`). Default: one line on stderr for each refusal and what the
   * endpoint tells, as JSON where stderr is no terminal, without file names. `false`: silence.
   */
  readonly onEvent?: EventSink | false
}

/** Of adapters that hand an accepted upload on to a next handler. */
export interface MiddlewareOptions<Native, Env = unknown> extends UploadOptions<Native, Env> {
  /**
   * Runs alongside the existing handler: every request goes on to it untouched, nothing is refused or
   * stored, and an `upload.observed` event says what would have become of it, why, and what that took.
   * Default: false.
   */
  readonly observe?: boolean
}
