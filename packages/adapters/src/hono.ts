import type { Uploaded } from '@sluice/core'
import type { Context, Env, MiddlewareHandler } from 'hono'
import { answerTo } from './answer/answer-to.js'
import { createdHeaders } from './answer/created.js'
import { checkAnswer, pendingForm, unanswered } from './answer/kept.js'
import { respond } from './answer/respond.js'
import { flag } from './checks/checks.js'
import type { PendingForm } from './form.js'
import { incomingFetch } from './guard/incoming.js'
import { handleUpload } from './handler.js'
import { observeFetch } from './observe/observe-fetch.js'
import type { MiddlewareOptions } from './options.js'
import { bodyReader } from './receive/body-reader.js'
import { peerOf } from './runtime/peer.js'
import { checkOptions } from './settings.js'

export { discard, type Uploaded, type UploadedFile } from '@sluice/core'
export type { Messages } from './answer/messages.js'
export type { EndpointEvent, LogEvent, ObservedEvent } from './events/endpoint-event.js'
export type { FormFields, OtherFile, PendingForm, UploadForm } from './form.js'
export { OptionError } from './option-error.js'
export type { FileField, UploadOptions } from './options.js'
export { serveUploads } from './serve/hono.js'
export type { ServeOptions } from './serve/options.js'

/** What the middleware leaves in the context. */
export interface UploadVariables {
  /** The image; the first of them where several may be sent. */
  readonly upload: Uploaded
  /** All of them, in the order in which they came. */
  readonly uploads: readonly Uploaded[]
  /** All of the request. */
  readonly uploadForm: PendingForm
}

/** What an application's context holds besides, behind the middleware. */
export type WithUpload<App extends Env> = App & { Variables: UploadVariables }

/** @see UploadOptions */
export type HonoOptions<App extends Env = Env> = MiddlewareOptions<
  Context<App>,
  App extends { Bindings: infer Bindings } ? Bindings : unknown
>

/**
 * Answers refusals itself; an accepted upload goes on to the next handler as `c.get('upload')`, with 201 and
 * Location already set. Its files are kept if that handler answers with a status below 400; if it fails, or
 * the client disconnects first, they are deleted again. `onStored`, or `c.get('uploadForm').confirm()`,
 * decides instead.
 * @throws OptionError, PolicyError at once if the options are wrong
 * @example
 * app.post('/images', imageUpload({ store: './uploads', authorize }), c => c.json(c.get('upload')))
 */
export function imageUpload<App extends Env = Env>(
  options: HonoOptions<App>,
): MiddlewareHandler<WithUpload<App>> {
  const settings = checkOptions(options, { observe: true })
  if (flag('observe', options.observe, false))
    return async (context, next) => {
      observeFetch(
        settings,
        context.req.raw,
        withoutUpload<App>(context),
        context.env as never,
        executionOf(context),
      )
      await next()
    }
  return async (context, next) => {
    const { raw } = context.req
    const native = withoutUpload<App>(context)
    const reader = bodyReader(raw)
    const incoming = incomingFetch(raw, peerOf(raw, context.env))
    let handedOn = false
    let failed: { readonly thrown: unknown } | undefined
    async function handOn(form: PendingForm, headers: Readonly<Record<string, string>>) {
      handedOn = true
      attach(context, form, headers)
      try {
        await next()
      } catch (thrown) {
        failed = { thrown }
        throw thrown
      }
      if (context.res.status >= 400) context.res.headers.delete('Location')
    }
    async function answered(answering: Promise<void>) {
      await answering
      checkAnswer(context.res.status)
      if (raw.signal.aborted) throw unanswered()
    }
    let answering: Promise<void> | undefined
    const handled = await handleUpload(settings, {
      incoming,
      reader,
      native,
      env: context.env as never,
      async handOn(form, headers, kept) {
        const pending = pendingForm(form, kept)
        answering = handOn(pending.form, headers)
        // A handler that waits for its own confirmation has not answered yet.
        await Promise.race([answered(answering), pending.confirmed])
      },
    })
    // What it throws is `failed`.
    await answering?.catch(() => {})
    if (handled.form && !handedOn) await handOn({ ...handled.form, async confirm() {} }, handled.headers)
    // The application's own error, for its own error handler.
    if (failed) throw failed.thrown
    if (handedOn || handled.form) return
    return respond(answerTo(handled, raw.headers, settings), reader, context.env)
  }
}

/** The same context, as it is before there is an upload: Hono's type knows no part of its variables. */
function withoutUpload<App extends Env>(context: Context<WithUpload<App>>): Context<App> {
  return context as unknown as Context<App>
}

/** Of Workers. */
function executionOf(context: Context): unknown {
  try {
    return context.executionCtx
  } catch (thrown) {
    // So Hono says that its runtime has none.
    if (thrown instanceof Error) return undefined
    throw thrown
  }
}

function attach<App extends Env>(
  context: Context<WithUpload<App>>,
  form: PendingForm,
  headers: Readonly<Record<string, string>>,
): void {
  const [upload] = form.uploads
  for (const [name, value] of Object.entries({ ...headers, ...createdHeaders(upload) }))
    context.header(name, value)
  if (upload) context.status(201)
  if (upload) context.set('upload', upload)
  context.set('uploads', form.uploads)
  context.set('uploadForm', form)
}
