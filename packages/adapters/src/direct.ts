import { UploadError, type UploadResult } from '@sluice/core'
import { readOffer } from '@sluice/stores/quarantine'
import type { FolderQuarantine } from '@sluice/stores/quarantine/fs'
import { type Answer, ownHeaders } from './answer/answer.js'
import { created } from './answer/created.js'
import { problem } from './answer/problem.js'
import { respond } from './answer/respond.js'
import { uploaded } from './answer/uploaded.js'
import { makeOffer, type Offered } from './direct/offer.js'
import { checkDirectOptions, type DirectOptions } from './direct/options.js'
import { readBody, readJson } from './direct/read-body.js'
import { requestEvents } from './events/request-events.js'
import { type Guarded, guard } from './guard/guard.js'
import type { Identity } from './guard/identity.js'
import { type Incoming, incomingFetch } from './guard/incoming.js'
import { consume, type Limiter } from './limits/limiter.js'
import { OptionError } from './option-error.js'
import { type BodyReader, bodyReader } from './receive/body-reader.js'
import { peerOf } from './runtime/peer.js'

export type { Wish } from './direct/wish.js'
export { type DirectOptions, type Offered, OptionError }

export interface DirectUploads {
  (request: Request, env?: unknown): Promise<Response>
  /**
   * The offer alone, for a route with its own guard. It counts against `quota`.
   * @param wish parsed JSON of the client: `bytes`, `type`, `sha256`, and `name`, `crop`, `focus` where it
   * has them
   * @throws UploadError
   */
  offerUpload(wish: unknown, identity: Identity): Promise<Offered>
}

/** Seconds after which a client asks again for its result. */
const askAgain = 1

/**
 * A fetch handler for files that bypass the server: the client says what it has and is told where to put it,
 * in quarantine; `ingest` makes an image of it.
 *
 * | request | answer |
 * |---|---|
 * | `POST` of a wish, JSON: `bytes`, `type`, `sha256`, and `name`, `crop`, `focus` where it has them | 201, `Offered` |
 * | `POST ?result` of `{ ticket }` | 201 and the upload as of any endpoint; 202 as long as there is no result |
 * | `PUT ?offer=<ticket>` of the file, where the quarantine is a folder | 200; 412 where it was put before |
 *
 * @throws OptionError, PolicyError at once if the options are wrong
 * @example
 * const ingest = ingester({ quarantine, keyring, store, renderer })
 * const direct = directUploads({ quarantine, keyring, authorize, result: ingest })
 */
export function directUploads(options: DirectOptions): DirectUploads {
  const { settings, quarantine, keyring, result, offerSeconds } = checkDirectOptions(options)
  const { quota, limits, publicBase, messages } = settings
  const folder = isFolder(quarantine) ? quarantine : undefined

  function charger(key: string, more: readonly { readonly limiter: Limiter; readonly key: string }[] = []) {
    const accounts = quota.bytes ? [...more, { limiter: quota.bytes, key }] : more
    return async (bytes: number) => {
      if (quota.files) await consume(quota.files, key, 1, 'quota-exceeded')
      for (const { limiter, key } of accounts) await consume(limiter, key, bytes, 'quota-exceeded')
    }
  }

  const offerOf = (wish: unknown, { identity, rules, charge }: Asked) =>
    makeOffer(wish, identity, { policy: rules.policy, quarantine, keyring, offerSeconds, charge })

  async function answerWish(
    request: Request,
    reader: BodyReader | undefined,
    guarded: Guarded,
  ): Promise<Answer> {
    const { address, key } = guarded
    const { bytes } = settings.addressLimits
    const charge = charger(key, bytes ? [{ limiter: bytes, key: address }] : [])
    const offered = await offerOf(await readJson(request, reader, limits), { ...guarded, charge })
    return { ...json(201, offered), headers: { ...guarded.headers, ...json(201, '').headers } }
  }

  /** The ticket is checked first: without one nothing else is asked. */
  async function answerResult(
    incoming: Incoming,
    request: Request,
    reader: BodyReader | undefined,
    who: Who,
  ) {
    const { ticket } = Object(await readJson(request, reader, limits)) as { readonly ticket?: unknown }
    const offer = typeof ticket === 'string' ? await readOffer(ticket, keyring) : undefined
    if (offer === undefined) throw new UploadError('forbidden', {}, { detail: 'a ticket that is not ours' })
    // Asking again is no upload.
    const free = { ...settings, addressLimits: {}, rateLimit: undefined }
    const { identity, release, checkFields } = await guard(free, incoming, request, who)
    try {
      await checkFields({})
      if (identity.role !== offer.role || identity.user !== offer.user)
        throw new UploadError(
          'forbidden',
          {},
          { detail: `the offer was made to ${offer.role} ${offer.user ?? ''}` },
        )
      return resultAnswer(await result(offer.id, identity), request.headers)
    } finally {
      release()
    }
  }

  /** What was refused is in the log of `ingest` already. */
  function resultAnswer(found: UploadResult | undefined, headers: Headers): Answer {
    if (found?.refused) return problem(UploadError.fromRecord(found.refused), headers, messages)
    if (found?.stored) return created([uploaded(found.stored, publicBase)], true)
    const waiting = json(202, { retryAfter: askAgain })
    return { ...waiting, headers: { ...waiting.headers, 'Retry-After': String(askAgain) } }
  }

  async function takeFile(
    to: FolderQuarantine,
    ticket: string,
    reader: BodyReader | undefined,
  ): Promise<Answer> {
    const offer = await to.admit(ticket)
    const lease = settings.leaseBytes()
    try {
      lease.reserve(offer.bytes)
      const bytes = await readBody(reader, { ...limits, maxBytes: offer.bytes, maxFiles: 1 })
      const isNew = await to.take(offer, ticket, bytes)
      return { status: isNew ? 200 : 412, headers: ownHeaders, body: '' }
    } finally {
      lease.release()
    }
  }

  async function answer(
    request: Request,
    reader: BodyReader | undefined,
    env: unknown,
    who: Who,
  ): Promise<Answer> {
    const query = new URL(request.url).searchParams
    const ticket = query.get('offer')
    if (request.method === 'PUT' && folder !== undefined && ticket !== null)
      return takeFile(folder, ticket, reader)
    const incoming = incomingFetch(request, peerOf(request, env))
    if (query.has('result')) return answerResult(incoming, request, reader, who)
    const guarded = await guard({ ...settings, methods: ['POST'] }, incoming, request, who)
    try {
      await guarded.checkFields({})
      return await answerWish(request, reader, guarded)
    } finally {
      guarded.release()
    }
  }

  async function handle(request: Request, env?: unknown): Promise<Response> {
    const events = requestEvents(settings.onEvent)
    const reader = bodyReader(request)
    try {
      return respond(await answer(request, reader, env, events.identify), reader, env)
    } catch (thrown) {
      const error = UploadError.from(thrown, 'internal', { stage: 'guard' })
      events.refused(error)
      return respond(problem(error, request.headers, messages), reader, env)
    }
  }

  return Object.assign(handle, {
    async offerUpload(wish: unknown, identity: Identity) {
      const charge = charger(identity.user === undefined ? 'anonymous' : `user:${identity.user}`)
      return offerOf(wish, { identity, rules: settings.rulesOf(identity.role), charge })
    },
  })
}

type Who = Parameters<typeof guard>[3]

interface Asked extends Pick<Guarded, 'identity' | 'rules'> {
  readonly charge: (bytes: number) => Promise<void>
}

function json(status: number, content: unknown): Answer {
  return {
    status,
    headers: { ...ownHeaders, 'Content-Type': 'application/json' },
    body: JSON.stringify(content),
  }
}

function isFolder(quarantine: object): quarantine is FolderQuarantine {
  return 'take' in quarantine && 'admit' in quarantine
}
