import type { Uploaded } from '@sluice/core'
import type { Context, MiddlewareHandler } from 'hono'
import { answerTo } from './answer/answer-to.js'
import { createdHeaders } from './answer/created.js'
import { handleUpload, type UploadForm } from './handler.js'
import type { UploadOptions } from './options.js'
import { bodyReader } from './receive/body-reader.js'
import { drain } from './receive/drain.js'
import { peerAddress } from './runtime/peer-address.js'
import { checkOptions } from './settings.js'

export type { Uploaded, UploadedFile } from '@sluice/core'
export type { Messages } from './answer/messages.js'
export type { UploadForm } from './handler.js'
export { OptionError } from './option-error.js'
export type { UploadOptions } from './options.js'

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
    const { method, headers, signal } = raw
    const reader = bodyReader(raw)
    const incoming = { method, headers, signal, address: peerAddress(raw, context.env) }
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
    if (reader) await drain(reader)
    const { status, headers: answered, body } = answerTo(outcome, headers, settings)
    return new Response(body, { status, headers: { ...answered } })
  }
}
