import { type Reservation, type Stored, sanitizeAll, UploadError, type Uploaded } from '@sluice/core'
import { uploaded } from './answer/uploaded.js'
import { requestEvents } from './events/request-events.js'
import { askBeforeStore } from './guard/before-store.js'
import { type Guarded, guard } from './guard/guard.js'
import type { Identity } from './guard/identity.js'
import type { Incoming } from './guard/incoming.js'
import { type Account, chargeBytes } from './limits/charge.js'
import { consume } from './limits/limiter.js'
import type { Lease } from './receive/in-flight.js'
import { type Onlookers, receive } from './receive/receive.js'
import type { Settings } from './settings.js'

/** What an accepted request became. */
export interface UploadForm extends Identity {
  /** At least one. */
  readonly uploads: readonly Uploaded[]
  /** What is known of each besides: of the input, notes, policy version. Not for the client. */
  readonly stored: readonly Stored[]
  /** The other fields of the form: text of the client, as sent. */
  readonly fields: ReadonlyMap<string, string>
}

export type Outcome = (
  | { readonly form: UploadForm; readonly error?: never }
  | { readonly form?: never; readonly error: UploadError }
) & { readonly headers: Readonly<Record<string, string>> }

/** Everything that comes with a request. */
export interface Arrival<Native, Env> {
  readonly incoming: Incoming
  readonly reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  /** The request of the framework, for `authorize`. */
  readonly native: Native
  readonly env: Env
}

/** Takes one request through guard and receive, and its files down the road. Never rejects. */
export async function handleUpload<Native, Env>(
  settings: Settings<Native, Env>,
  { incoming, reader, native, env }: Arrival<Native, Env>,
): Promise<Outcome> {
  const events = requestEvents(settings.onEvent)
  const lease = settings.leaseBytes()
  let guarded: Guarded | undefined
  let place: Reservation | undefined
  try {
    guarded = await events.timed('guard', () => guard(settings, incoming, native, events.identify))
    const { identity, policy, key, headers } = guarded
    place = settings.renderer.reserve?.(key)
    const limits = { ...settings.limits, maxBytes: policy.maxBytes }
    const { onlookers, settle } = watch(settings, guarded, lease)
    const form = await events.timed('receive', async () => {
      try {
        return await receive(incoming.headers, reader, limits, onlookers)
      } finally {
        await settle()
      }
    })
    const stored = await sanitizeAll(form.files, {
      policy,
      renderer: place ?? settings.renderer,
      store: await settings.storeOf(env),
      beforeStore: settings.beforeStore && askBeforeStore(settings.beforeStore, identity),
      signal: incoming.signal,
      onEvent: events.tell,
      context: events.context(),
    })
    const uploads = stored.map(each => uploaded(each, settings.publicBase))
    return { form: { ...identity, uploads, stored, fields: form.fields }, headers }
  } catch (thrown) {
    const error = UploadError.from(thrown, 'internal', { stage: 'guard' })
    events.refused(error, guarded?.policy)
    return { error, headers: guarded?.headers ?? {} }
  } finally {
    place?.release()
    lease.release()
    guarded?.leave()
  }
}

/** The budgets that a body is counted against while it comes in. */
function watch<Native, Env>(
  { quota, addressLimits }: Settings<Native, Env>,
  { key, address, beforeFile }: Guarded,
  lease: Lease,
): { readonly onlookers: Onlookers; readonly settle: () => Promise<void> } {
  const accounts: Account[] = []
  if (addressLimits.bytes) accounts.push({ limiter: addressLimits.bytes, key: address })
  if (quota.bytes) accounts.push({ limiter: quota.bytes, key })
  const charge = chargeBytes(accounts)
  const onlookers: Onlookers = {
    announced: lease.reserve,
    async arrived(bytes) {
      lease.arrived(bytes)
      await charge.arrived(bytes)
    },
    async beforeFile(fields) {
      await beforeFile(fields)
      if (quota.files) await consume(quota.files, key, 1, 'quota-exceeded')
    },
  }
  return { onlookers, settle: charge.settle }
}
