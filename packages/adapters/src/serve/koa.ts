import type { Middleware } from 'koa'
import { incomingHeaders } from '../node/node-request.js'
import type { StoreOption } from '../runtime/open-store.js'
import type { Readable, ServeOptions } from './options.js'
import { isServed, serving } from './serve.js'

/**
 * Serves what `imageUpload` stored: the key is the end of the path.
 * @param store a folder or a store
 * @throws OptionError at once if the options are wrong
 * @example
 * app.use(serveUploads('./uploads'))
 */
export function serveUploads(
  store: StoreOption<undefined, Readable>,
  options: ServeOptions = {},
): Middleware {
  const serve = serving(store, options)
  return async (context, next) => {
    const { method, path, req } = context
    const asked = { method, path, fields: incomingHeaders(req) }
    if (!isServed(asked)) return next()
    const { status, headers, body } = await serve(asked, undefined)
    // A body sets the status and the headers of its own, and none takes the length away: what is said comes last.
    context.body = body ? Buffer.from(body.buffer, body.byteOffset, body.length) : null
    context.status = status
    context.set(headers)
  }
}
