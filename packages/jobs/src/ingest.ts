import {
  type Crop,
  checkSupport,
  definePolicy,
  type Focus,
  type Keyring,
  type Kit,
  type Policy,
  type PolicyInput,
  type Records,
  sanitize,
  UploadError,
  type UploadResult,
} from '@sluice/core'
import { type Offer, type Quarantine, type Quarantined, readOffer } from '@sluice/stores/quarantine'
import { attempt, checkRepeatable } from './attempt.js'

export interface IngestOptions extends Pick<Kit, 'renderer' | 'store' | 'beforeStore' | 'onEvent'> {
  readonly quarantine: Pick<Quarantine, 'find' | 'read' | 'settle'>
  /** That of `directUploads`. */
  readonly keyring: Keyring
  /** For all roles. Default: `definePolicy()`. */
  readonly policy?: Policy | PolicyInput
  /** By role, instead of `policy`, as of the endpoint that makes the offers. */
  readonly policies?: Readonly<Record<string, Policy | PolicyInput>>
  /** Rows of what is stored, pending before it is public and confirmed after `finish`. Default: none. */
  readonly records?: Records | undefined
  /**
   * Publishes the result, in the application's own transaction, by one idempotent statement: `finish` of
   * `@sluice/jobs/sql`, or a row of your own with `ON CONFLICT (id) DO NOTHING`. Called at least once for an
   * upload. If it rejects, the job goes back to its queue, or, with an `UploadError` that no further attempt
   * can help (`rejected`), the upload is refused. Default: only the caller gets the result.
   */
  readonly finish?: ((result: UploadResult, offer: Offer) => Promise<unknown>) | undefined
}

/** What was left of a job. */
export type Ingest = (
  id: string,
  options?: { readonly signal?: AbortSignal | undefined },
) => Promise<UploadResult | undefined>

/**
 * Makes an image of what a client has put into quarantine: reads it as it stands now, takes it through the
 * whole pipeline, stores it under the name that follows from its id, has the result made known, and removes
 * it from quarantine, in this order. A process that dies anywhere in between leaves a job that does the same
 * again; two at once do the same twice.
 * @returns the function for one upload. It returns undefined where nothing lies in quarantine (any more), and
 * throws an `UploadError` where another attempt may help (`store-failed`, `busy`, `aborted`, `internal`,
 * `renderer-unavailable`); all other refusals are results
 * @throws PolicyError, TypeError at start
 * @example
 * const ingest = ingester({ quarantine, keyring, store, renderer: workerPool(), finish })
 */
export function ingester(options: IngestOptions): Ingest {
  const { quarantine, keyring, renderer, records, finish = async () => {} } = options
  const policyOf = policies(options)
  checkRepeatable('ingester', renderer)

  function draw(offer: Offer, found: Quarantined, signal: AbortSignal | undefined): Promise<UploadResult> {
    const { id, name, role, user, crop, focus } = offer
    return attempt(
      id,
      result => finish(result, offer),
      async onStored => {
        const policy = policyOf(role)
        // A file that is too large is not read at all.
        const body =
          found.bytes > policy.maxFileBytes ? new Uint8Array() : await quarantine.read(id, found.etag)
        const upload = { body, contentLength: found.bytes, name, ...viewOf(crop, focus) }
        return sanitize(upload, {
          ...options,
          policy,
          id: offer,
          signal,
          context: { job: id, role, ...(user !== undefined && { user }) },
          recording: records && { records, owner: user ?? '', role },
          onStored,
        })
      },
    )
  }

  return async (id, { signal } = {}) => {
    const found = await quarantine.find(id)
    const offer = found && (await readOffer(found.ticket, keyring))
    // What we have not offered is nobody's upload: the sweep removes it.
    if (found === undefined || offer?.id !== id) return undefined
    const result = await draw(offer, found, signal)
    await quarantine.settle(id, new Date(offer.expires))
    return result
  }
}

function viewOf(crop: Crop | undefined, focus: Focus | undefined) {
  return { ...(crop && { crop }), ...(focus && { focus }) }
}

function policies({ policy, policies, renderer }: IngestOptions): (role: string) => Policy {
  if (policy !== undefined && policies !== undefined)
    throw new TypeError('ingester: policies cannot be combined with policy')
  if (policies === undefined) {
    const only = definePolicy(policy as PolicyInput | undefined)
    checkSupport(only, renderer)
    return () => only
  }
  const byRole = new Map(
    Object.entries(policies).map(([role, each]) => [role, definePolicy(each as PolicyInput)]),
  )
  for (const each of byRole.values()) checkSupport(each, renderer)
  return role => {
    const found = byRole.get(role)
    if (found === undefined) throw new UploadError('forbidden', {}, { detail: `policies has no ${role}` })
    return found
  }
}
