import type { Uploaded } from '@sluice/core'
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import type { PendingForm } from './form.js'
import { nodeUpload, trustedAddress } from './node/node-upload.js'
import type { UploadOptions } from './options.js'
import { checkOptions } from './settings.js'

export { discard, type Uploaded, type UploadedFile } from '@sluice/core'
export type { Messages } from './answer/messages.js'
export type { EndpointEvent, LogEvent } from './events/endpoint-event.js'
export type { FormFields, OtherFile, PendingForm, UploadForm } from './form.js'
export { OptionError } from './option-error.js'
export type { FileField, UploadOptions } from './options.js'
export { type ServeUploadsOptions, serveUploads } from './serve/fastify.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set in the handler of `imageUpload`, and nowhere else: the image; the first of them where there are several. */
    upload?: Uploaded
    /** Set in the handler of `imageUpload`, and nowhere else: all of them, in the order in which they came. */
    uploads?: readonly Uploaded[]
    /** Set in the handler of `imageUpload`, and nowhere else: all of the request. */
    uploadForm?: PendingForm
  }
}

export interface ImageUploadOptions extends UploadOptions<FastifyRequest, undefined> {
  /** What the route answers to. Default: `POST`; others are Fastify's 404. */
  readonly method?: HTTPMethods | HTTPMethods[]
  /**
   * Answers an accepted upload, which is `request.upload`; 201 and Location are set already. The files are
   * kept if it answers with a status below 400; if it fails, or the client disconnects first, they are
   * deleted again. `onStored`, or `request.uploadForm.confirm()`, decides instead. Default: the upload as
   * JSON.
   */
  readonly handler?: (request: FastifyRequest, reply: FastifyReply) => unknown
  /** Fastify's own: where the endpoint is. */
  readonly prefix?: string
}

/**
 * A plugin for Fastify 5: an endpoint in a scope of its own, in which nothing reads bodies before they are
 * counted. Bodies of all other routes are parsed as before; hooks such as CORS and sessions apply here too.
 * Its options are checked when the application gets ready.
 * @throws OptionError, PolicyError then, if they are wrong
 * @example
 * app.register(imageUpload, { prefix: '/images', store: './uploads', authorize })
 */
export async function imageUpload(app: FastifyInstance, options: ImageUploadOptions): Promise<void> {
  const { method = 'POST', handler, prefix: _, ...uploadOptions } = options
  const settings = checkOptions(uploadOptions)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  // A place of files that are taken back must not be told.
  app.addHook('onSend', async (_request, reply) => {
    if (reply.statusCode >= 400) reply.removeHeader('Location')
  })
  app.route({
    method,
    url: '/',
    async handler(request, reply) {
      const { form, status, headers, answer } = await nodeUpload(settings, {
        request: request.raw,
        response: reply.raw,
        native: request,
        proxiedFor: trustedAddress(request),
        handsOn: handler !== undefined,
      })
      if (form && handler) {
        const { uploads } = form
        Object.assign(request, { upload: uploads[0], uploads, uploadForm: form })
        return handler(request, reply.code(status).headers(headers))
      }
      const { status: code, headers: all, body } = answer()
      return reply.code(code).headers(all).send(body)
    },
  })
}
