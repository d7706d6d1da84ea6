import type { Uploaded } from '@sluice/core'
import type { Context, Middleware } from 'koa'
import type { PendingForm } from './form.js'
import { nodeUpload } from './node/node-upload.js'
import type { UploadOptions } from './options.js'
import { checkOptions } from './settings.js'

export { discard, type Uploaded, type UploadedFile } from '@sluice/core'
export type { Messages } from './answer/messages.js'
export type { EndpointEvent, LogEvent } from './events/endpoint-event.js'
export type { FormFields, OtherFile, PendingForm, UploadForm } from './form.js'
export { OptionError } from './option-error.js'
export type { FileField, UploadOptions } from './options.js'
export { serveUploads } from './serve/koa.js'
export type { ServeOptions } from './serve/options.js'

/** What the middleware leaves in `ctx.state`. */
export interface UploadState {
  /** The image; the first of them where several may be sent. */
  upload: Uploaded
  /** All of them, in the order in which they came. */
  uploads: readonly Uploaded[]
  /** All of the request. */
  uploadForm: PendingForm
}

/**
 * For Koa 2 and 3. Answers refusals itself; an accepted upload goes on to the next middleware as
 * `ctx.state.upload`, with 201 and Location already set. Its files are kept if the application answers with a
 * status below 400; if it fails, or the client disconnects first, they are deleted again. `onStored`, or
 * `ctx.state.uploadForm.confirm()`, decides instead.
 * @throws OptionError, PolicyError at once if the options are wrong
 * @example
 * router.post('/images', imageUpload({ store: './uploads', authorize }), ctx => { ctx.body = ctx.state.upload })
 */
export function imageUpload(options: UploadOptions<Context, undefined>): Middleware<UploadState> {
  const settings = checkOptions(options)
  return async (context, next) => {
    const { form, status, headers, answer } = await nodeUpload(settings, {
      request: context.req,
      response: context.res,
      native: context,
      proxiedFor: trustedByKoa(context),
      handsOn: true,
    })
    if (form) {
      const { uploads } = form
      context.status = status
      context.set(headers)
      Object.assign(context.state, { upload: uploads[0], uploads, uploadForm: form })
      return next()
    }
    const { status: code, headers: all, body } = answer()
    context.status = code
    context.set(all)
    context.body = body
    // A new body takes the length of the former one away.
    context.set(all)
  }
}

/**
 * Koa's `proxy: true` alone believes the first address in X-Forwarded-For, which the client writes; with
 * `maxIpsCount` it counts from the end, and then the address is the proxy's word.
 */
function trustedByKoa({ app, ip }: Pick<Context, 'app' | 'ip'>): string | undefined {
  return app.proxy && app.maxIpsCount > 0 ? ip : undefined
}
