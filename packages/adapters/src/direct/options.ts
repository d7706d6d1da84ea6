import { type Keyring, type Store, UploadError, type UploadResult } from '@sluice/core'
import type { Quarantine } from '@sluice/stores/quarantine'
import { checkNames, hasMethods, whole } from '../checks/checks.js'
import type { Identity } from '../guard/identity.js'
import { OptionError } from '../option-error.js'
import type { UploadOptions } from '../options.js'
import { checkOptions } from '../settings.js'

type Guarding =
  | 'authorize'
  | 'public'
  | 'policy'
  | 'policies'
  | 'renderer'
  | 'csrf'
  | 'addressLimits'
  | 'rateLimit'
  | 'quota'
  | 'maxConcurrent'
  | 'trustProxy'
  | 'messages'
  | 'publicBase'
  | 'idleMs'
  | 'totalMs'
  | 'minBytesPerSecond'
  | 'maxInFlightBytes'
  | 'onEvent'

/** Guard, limits and answers are those of any endpoint. */
export interface DirectOptions extends Pick<UploadOptions<Request>, Guarding> {
  readonly quarantine: Quarantine
  /** Signs offers, and names the files: that of `ingest`. */
  readonly keyring: Keyring
  /**
   * What became of an upload, once its client says that it was sent: `ingest` itself, or a look into the table that a
   * worker's `finish` writes to, after the job was put into its queue. undefined: not yet, and the client asks again. Whoever
   * asks is the one that the offer was made to.
   */
  readonly result: (id: string, identity: Identity) => Promise<UploadResult | undefined>
  /** How long a file may be sent after it was offered, in seconds: 10 to 3,600. Default: 300. */
  readonly offerSeconds?: number
}

const guarding = {
  authorize: true,
  public: true,
  policy: true,
  policies: true,
  renderer: true,
  csrf: true,
  addressLimits: true,
  rateLimit: true,
  quota: true,
  maxConcurrent: true,
  trustProxy: true,
  messages: true,
  publicBase: true,
  idleMs: true,
  totalMs: true,
  minBytesPerSecond: true,
  maxInFlightBytes: true,
  onEvent: true,
} satisfies Record<Guarding, true>
const own = { quarantine: true, keyring: true, result: true, offerSeconds: true } as const

/** @throws OptionError, PolicyError at start */
export function checkDirectOptions({ quarantine, keyring, result, offerSeconds, ...rest }: DirectOptions) {
  checkNames('', rest, { ...guarding, ...own })
  hasMethods(
    'quarantine',
    quarantine,
    ['present', 'find', 'settle'],
    'a quarantine, such as s3Quarantine(...)',
  )
  hasMethods('keyring', keyring, ['mac'], 'what keyring({ current, secrets }) returns')
  if (typeof result !== 'function')
    throw new OptionError('result', 'is missing: a function of the id, such as what ingester(...) returns')
  const settings = checkOptions<Request, unknown>({ ...rest, store: nowhere, methods: ['POST', 'PUT'] })
  return {
    settings,
    quarantine,
    keyring,
    result,
    offerSeconds: whole('offerSeconds', offerSeconds, 300, 10, 3600),
  }
}

/** Files are stored by `ingest`, wherever that runs. */
const nowhere: Store = {
  commit: () => Promise.reject(new UploadError('internal', {}, { detail: 'nothing is stored here' })),
  get: async () => undefined,
  delete: async () => {},
  async *list() {},
}
