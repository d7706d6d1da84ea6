import { uploadHandler } from './fetch.js'
import type { UploadOptions } from './options.js'
import type { StoreOption } from './runtime/open-store.js'
import { serveUploads } from './serve/fetch.js'
import type { Readable, ServeOptions } from './serve/options.js'

export { discard, type Uploaded, type UploadedFile } from '@sluice/core'
export type { Messages } from './answer/messages.js'
export type { EndpointEvent, LogEvent } from './events/endpoint-event.js'
export type { FormFields, OtherFile, UploadForm } from './form.js'
export { OptionError } from './option-error.js'
export type { FileField, UploadOptions } from './options.js'
export type { ServeOptions } from './serve/options.js'

/**
 * A route handler for Next.js. A build imports every route: the options come from a function that is called
 * with the first request, so that a build makes no folder and needs no secret. Where they are wrong, that
 * request and every one after it fails, with the reason in the log.
 * @example
 * // app/images/route.ts
 * export const POST = uploadRoute(() => ({ store: './uploads', authorize }))
 */
export function uploadRoute(options: () => UploadOptions<Request>): (request: Request) => Promise<Response> {
  let handler: ReturnType<typeof uploadHandler> | undefined
  return async request => {
    handler ??= uploadHandler(options())
    return handler(request)
  }
}

/**
 * A route handler for Next.js that serves what `uploadRoute` stored. The store comes from a function that is called
 * with the first request, for the same reason.
 * @example
 * // app/images/[month]/[name]/route.ts
 * export const GET = serveRoute(() => './uploads')
 * export const HEAD = GET
 */
export function serveRoute(
  store: () => StoreOption<undefined, Readable>,
  options: ServeOptions = {},
): (request: Request) => Promise<Response> {
  let handler: ReturnType<typeof serveUploads<undefined>> | undefined
  return async request => {
    handler ??= serveUploads(store(), options)
    return handler(request)
  }
}
