import type { Uploaded } from '@sluice/core'
import type { Context, MiddlewareHandler } from 'hono'
import { answerTo } from './answer/answer-to.js'
import { createdHeaders } from './answer/created.js'
import { respond } from './answer/respond.js'
import { incomingFetch } from './guard/incoming.js'
import { handleUpload, type UploadForm } from './handler.js'
import type { UploadOptions } from './options.js'
import { bodyReader } from './receive/body-reader.js'
import { peerOf } from './runtime/peer.js'
import { checkOptions } from './settings.js'

export type { Uploaded, UploadedFile } from '@sluice/core'
export type { Messages } from './answer/messages.js'
export type { EndpointEvent, LogEvent } from './events/endpoint-event.js'
export type { UploadForm } from './handler.js'
export { OptionError } from './option-error.js'
export type { UploadOptions } from './options.js'
export { serveUploads } from './serve/hono.js'
export type { ServeOptions } from './serve/options.js'

/** What the middleware leaves in the context. */
export interface UploadVariables {
  /** The image; the first of them where several may be sent. */
  readonly upload: Uploaded
  /** All of the request. */
  readonly uploadForm: UploadForm
}

/**
 * Answers refusals itself; an accepted upload goes on to the next handler as `c.get('upload')`, with 201 and
 * Location already set.
 * @throws OptionError, PolicyError at once if the options are wrong
 * @example
 * app.post('/images', imageUpload({ store: './uploads', authorize }), c => c.json(c.get('upload')))
 */
export function imageUpload<Env extends object = object>(
  options: UploadOptions<Context<{ Bindings: Env; Variables: UploadVariables }>, Env>,
): MiddlewareHandler<{ Bindings: Env; Variables: UploadVariables }> {
  const settings = checkOptions(options)
  return async (context, next) => {
    const { raw } = context.req
    const reader = bodyReader(raw)
    const incoming = incomingFetch(raw, peerOf(raw, context.env))
    const outcome = await handleUpload(settings, { incoming, reader, native: context, env: context.env })
    if (outcome.form) {
      const [upload] = outcome.form.uploads
      const answered = { ...outcome.headers, ...createdHeaders(upload) }
      for (const [name, value] of Object.entries(answered)) context.header(name, value)
      context.status(201)
      if (upload) context.set('upload', upload)
      context.set('uploadForm', outcome.form)
      return next()
    }
    return respond(answerTo(outcome, raw.headers, settings), reader, context.env)
  }
}
