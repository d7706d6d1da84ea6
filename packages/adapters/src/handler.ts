import {
  type Discardable,
  discardRecorded,
  type Reservation,
  type Stored,
  sanitizeAll,
  type UploadByPolicy,
  UploadError,
} from '@sluice/core'
import { sha256 } from '#machine'
import { uploaded } from './answer/uploaded.js'
import { requestEvents } from './events/request-events.js'
import type { UploadForm } from './form.js'
import { askBeforeStore } from './guard/before-store.js'
import { type Guarded, guard } from './guard/guard.js'
import type { Incoming } from './guard/incoming.js'
import { openRecording } from './guard/recording.js'
import { type Account, chargeBytes } from './limits/charge.js'
import { consume } from './limits/limiter.js'
import type { Form } from './receive/form.js'
import type { Lease } from './receive/in-flight.js'
import { type Onlookers, receive } from './receive/receive.js'
import { viewsOf } from './receive/views.js'
import type { Settings } from './settings.js'

/** What became of a request: its form, or why it was refused; and headers for either answer. */
export type HandledUpload = (
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
  /**
   * Passes the form on, unless `onStored` has the last word: if it rejects, the files are deleted again.
   * @param kept fulfilled once the files are kept, rejected where they are not; nobody needs to listen
   */
  readonly handOn?: (
    form: UploadForm,
    headers: HandledUpload['headers'],
    kept: Promise<void>,
  ) => Promise<void>
}

/** Takes one request through guard and receive, and its files through the pipeline. Never rejects. */
export async function handleUpload<Native, Env>(
  settings: Settings<Native, Env>,
  { incoming, reader, native, env, handOn = async () => {} }: Arrival<Native, Env>,
): Promise<HandledUpload> {
  const events = requestEvents(settings.onEvent)
  const lease = settings.leaseBytes()
  const { onStored, beforeStore, idempotency } = settings
  let guarded: Guarded | undefined
  let reservation: Reservation | undefined
  try {
    guarded = await events.timed('guard', () => guard(settings, incoming, native, events.identify))
    const { identity, rules, key, headers } = guarded
    const repeatKey = idempotency?.keyOf(incoming.headers)
    const recording = await openRecording(settings, identity, env)
    reservation = settings.renderer.reserve?.(key)
    const limits = { ...settings.limits, ...rules }
    const { onlookers, settle } = watch(settings, guarded, lease)
    const received = await events.timed('receive', async () => {
      try {
        return await receive(incoming.headers, reader, limits, onlookers)
      } finally {
        await settle()
      }
    })
    const id = repeatKey && (await idempotency?.identify(repeatKey, { role: identity.role, key }, received))
    const store = await settings.storeOf(env)
    const discard = (upload: Discardable) => discardRecorded(upload, store, recording)
    const describe = (stored: readonly Stored[]) =>
      describeForm(received, stored, { identity, discard }, settings)
    const work = sanitizeAll(uploadsOf(received), {
      policy: rules.policy,
      renderer: reservation ?? settings.renderer,
      store,
      ...(id && { id, keyring: idempotency?.keyring }),
      recording,
      beforeStore: beforeStore && askBeforeStore(beforeStore, identity),
      async onStored(stored) {
        // Nothing is drawn any more, and what follows may take its time.
        reservation?.release()
        reservation = undefined
        const form = describe(stored)
        const kept = work.then(() => {})
        kept.catch(() => {})
        await (onStored ? onStored({ ...form, request: native }) : handOn(form, headers, kept))
      },
      signal: incoming.signal,
      sha256,
      onEvent: events.tell,
      context: events.context(),
    })
    return { form: describe(await work), headers }
  } catch (thrown) {
    const error = UploadError.from(thrown, 'internal', { stage: 'guard' })
    events.refused(error, guarded?.rules.policy)
    return { error, headers: guarded?.headers ?? {} }
  } finally {
    reservation?.release()
    lease.release()
    guarded?.release()
  }
}

function uploadsOf(form: Form): readonly UploadByPolicy[] {
  const views = viewsOf(form)
  return form.files.map(({ body, name, rules }, index) => ({
    body,
    handedOver: true,
    name,
    policy: rules.policy,
    ...views[index],
  }))
}

function describeForm(
  { files, fields, otherFiles }: Form,
  stored: readonly Stored[],
  more: Pick<UploadForm, 'identity' | 'discard'>,
  { publicBase }: { readonly publicBase: string },
): UploadForm {
  const uploads = stored.map((each, index) => uploaded(each, publicBase, files[index]?.field))
  return { uploads, stored, fields, otherFiles, ...more }
}

/** The budgets that a body is counted against while it comes in. */
function watch<Native, Env>(
  { quota, addressLimits }: Settings<Native, Env>,
  { key, address, checkFields }: Guarded,
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
      await checkFields(fields)
      if (quota.files) await consume(quota.files, key, 1, 'quota-exceeded')
    },
    atEnd: checkFields,
  }
  return { onlookers, settle: charge.settle }
}
