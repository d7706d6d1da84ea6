import type { IncomingMessage, ServerResponse } from 'node:http'
import type { UploadError, Uploaded } from '@sluice/core'
import type { Request } from 'express'
import { answerTo } from './answer/answer-to.js'
import { createdHeaders } from './answer/created.js'
import { pendingForm } from './answer/kept.js'
import { refusalHeaders } from './answer/problem.js'
import { flag, oneOf } from './checks/checks.js'
import type { PendingForm } from './form.js'
import type { Incoming } from './guard/incoming.js'
import { handleUpload } from './handler.js'
import { answered, withoutLocationOnFailure } from './node/answered.js'
import { incomingBody } from './node/incoming-body.js'
import { linger, lingerBeforeEnd } from './node/linger.js'
import { goneSignal, incomingHeaders } from './node/node-request.js'
import { isHttp2, send } from './node/send.js'
import { observe } from './observe/observe.js'
import { tapBody } from './observe/tap-body.js'
import type { MiddlewareOptions } from './options.js'
import { peerOfSocket } from './runtime/peer.js'
import { checkOptions } from './settings.js'

export { discard, type Uploaded, type UploadedFile } from '@sluice/core'
export type { Messages } from './answer/messages.js'
export type { EndpointEvent, LogEvent, ObservedEvent } from './events/endpoint-event.js'
export type { FormFields, OtherFile, PendingForm, UploadForm } from './form.js'
export { OptionError } from './option-error.js'
export type { FileField, UploadOptions } from './options.js'
export { serveUploads } from './serve/node.js'
export type { ServeOptions } from './serve/options.js'

/** @see UploadOptions */
export interface ExpressOptions<Req extends IncomingMessage = Request> extends MiddlewareOptions<Req> {
  /**
   * `answer` writes refusals itself, as problem documents. `next` passes them to the error handlers of the
   * application, as an `UploadError` with `status`, `code` and a `message` that is safe to show. Default:
   * `answer`.
   */
  readonly errors?: 'answer' | 'next'
}

type Next = (error?: unknown) => void

declare global {
  namespace Express {
    interface Request {
      /**
       * Set behind `imageUpload`, and nowhere else: the image; the first of them where several may be sent.
       */
      upload?: Uploaded
      /** Set behind `imageUpload`, and nowhere else: all of them, in the order in which they came. */
      uploads?: readonly Uploaded[]
      /** Set behind `imageUpload`, and nowhere else: all of the request. Its text fields are `body` too. */
      uploadForm?: PendingForm
    }
  }
}

const expressNames = { observe: true, errors: true } as const

/**
 * For Express 5 and 4. Answers refusals itself; an accepted upload goes on to the next handler as
 * `req.upload`, with the text fields in `req.body`, and 201 and Location already set. Its files are kept if
 * that handler answers with a status below 400; if it fails, or the client disconnects first, they are
 * deleted again. `onStored`, or `req.uploadForm.confirm()`, decides instead. Accepts any request type, so
 * that Express still infers the parameters of the route.
 * @throws OptionError, PolicyError at once if the options are wrong
 * @example
 * app.post('/images', imageUpload({ store: './uploads', authorize }), (req, res) => res.json(req.upload))
 */
export function imageUpload<Req extends IncomingMessage = Request>(
  options: ExpressOptions<Req>,
): (request: IncomingMessage, response: ServerResponse, next: Next) => void {
  const settings = checkOptions(options, expressNames)
  const errors = oneOf('errors', options.errors, 'answer', ['answer', 'next'])

  async function upload(request: IncomingMessage, response: ServerResponse, next: Next): Promise<void> {
    const body = incomingBody(request)
    const reader = body.stream.getReader()
    const incoming = incomingOf(request, response)
    let handedOn = false
    let failed: { readonly thrown: unknown } | undefined
    function handOn(form: PendingForm, headers: Readonly<Record<string, string>>) {
      handedOn = true
      attach(request, response, form, headers)
      try {
        next()
      } catch (thrown) {
        failed = { thrown }
        throw thrown
      }
    }
    const handled = await handleUpload(settings, {
      incoming,
      reader,
      native: request as Req,
      env: undefined,
      async handOn(form, headers, kept) {
        const pending = pendingForm(form, kept)
        const decided = Promise.race([answered(response), pending.confirmed])
        // Heard below, but where the next handler throws.
        decided.catch(() => {})
        handOn(pending.form, headers)
        await decided
      },
    })
    if (failed) throw failed.thrown
    if (handedOn) return
    if (handled.form) return handOn({ ...handled.form, async confirm() {} }, handled.headers)
    body.detach()
    if (errors === 'next') return passError(request, response, handled, next)
    const answer = answerTo(handled, incoming.headers, settings)
    await send(request, response, answer, answer.body)
  }

  function watchOnly(request: IncomingMessage, response: ServerResponse): void {
    const tap = tapBody(request, settings.largestBody)
    const incoming = incomingOf(request, response)
    const arrival = { incoming, reader: tap.stream.getReader(), native: request as Req, env: undefined }
    void observe(settings, arrival, tap.bytes)
  }

  if (flag('observe', options.observe, false))
    return (request, response, next) => {
      try {
        watchOnly(request, response)
      } catch (thrown) {
        console.error('imageUpload: a request could not be observed:', thrown)
      }
      next()
    }
  return (request, response, next) => {
    upload(request, response, next)
      .catch(next)
      // Nothing that the application's handlers throw may end the process.
      .catch(thrown => console.error('imageUpload: the next handler failed:', thrown))
  }
}

function incomingOf(request: IncomingMessage, response: ServerResponse): Incoming {
  const headers = incomingHeaders(request)
  return {
    method: request.method ?? '',
    headers,
    host: headers.get('host') ?? undefined,
    signal: goneSignal(response),
    proxiedFor: trustedByExpress(request),
    ...peerOfSocket(request.socket),
  }
}

/** Leaves everything where the next handler finds it. */
function attach(
  request: IncomingMessage,
  response: ServerResponse,
  form: PendingForm,
  headers: Readonly<Record<string, string>>,
): void {
  const { uploads, fields } = form
  const [first] = uploads
  if (first) response.statusCode = 201
  for (const [name, value] of Object.entries({ ...headers, ...createdHeaders(first) }))
    response.setHeader(name, value)
  withoutLocationOnFailure(response)
  Object.assign(request, { upload: first, uploads, uploadForm: form, body: fields })
}

/** Whoever answers, the connection is not used again where its body was not read to the end. */
function passError(
  request: IncomingMessage,
  response: ServerResponse,
  { error, headers }: { readonly error: UploadError; readonly headers: Readonly<Record<string, string>> },
  next: Next,
): void {
  for (const [name, value] of Object.entries({ ...headers, ...refusalHeaders(error) }))
    response.setHeader(name, value)
  if (isHttp2(request)) void linger(request)
  else if (!request.complete) lingerBeforeEnd(request, response)
  next(error)
}

/** The address of the client where Express's own `trust proxy` is on. */
function trustedByExpress(request: IncomingMessage): string | undefined {
  const { app, ip } = request as { app?: { get?(name: string): unknown }; ip?: string }
  return app?.get?.('trust proxy') ? ip : undefined
}
