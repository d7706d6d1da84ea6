import { type Stored, UploadError, type Uploaded } from '@sluice/core'
import { uploaded } from './answer/uploaded.js'
import { askBeforeStore } from './guard/before-store.js'
import { type Guarded, guard } from './guard/guard.js'
import type { Identity } from './guard/identity.js'
import type { Incoming } from './guard/incoming.js'
import { consume, type Quota } from './guard/limiter.js'
import type { Form } from './receive/form.js'
import { receive } from './receive/receive.js'
import { requestEvents } from './request-events.js'
import type { Settings } from './settings.js'
import { storeAll } from './store-all.js'

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
  let guarded: Guarded | undefined
  try {
    guarded = await events.timed('guard', () => guard(settings, incoming, native))
    const { identity, policy, key, beforeFile, headers } = guarded
    events.identify(identity)
    const limits = { ...settings.limits, maxBytes: policy.maxBytes }
    const form = await events.timed('receive', () => receive(incoming.headers, reader, limits, beforeFile))
    await chargeQuota(settings.quota, key, form)
    const stored = await storeAll(form.files, {
      policy,
      renderer: settings.renderer,
      store: settings.storeOf(env),
      beforeStore: settings.beforeStore && askBeforeStore(settings.beforeStore, identity),
      signal: incoming.signal,
      onEvent: events.hold,
      context: events.context(),
    })
    events.accepted()
    const uploads = stored.map(each => uploaded(each, settings.publicBase))
    return { form: { ...identity, uploads, stored, fields: form.fields }, headers }
  } catch (thrown) {
    const error = UploadError.from(thrown, 'internal', { stage: 'guard' })
    events.refused(error, guarded?.policy)
    return { error, headers: guarded?.headers ?? {} }
  } finally {
    guarded?.leave()
  }
}

/** What arrived is charged, also where it is refused later: reading and decoding it is what costs. */
async function chargeQuota({ bytes, files }: Quota, key: string, form: Form): Promise<void> {
  const size = form.files.reduce((sum, { body }) => sum + body.length, 0)
  if (files) await consume(files, key, form.files.length, 'quota-exceeded')
  if (bytes) await consume(bytes, key, size, 'quota-exceeded')
}
