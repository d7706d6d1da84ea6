import type { MiddlewareHandler } from 'hono'
import type { StoreOption } from '../runtime/open-store.js'
import type { Readable, ServeOptions } from './options.js'
import { isServed, serving } from './serve.js'

/**
 * Serves what `imageUpload` stored: the key is the end of the path.
 * @param store a folder, a store, or a function of the runtime's environment
 * @throws OptionError at once if the options are wrong
 * @example
 * app.get('/images/:month/:name', serveUploads('./uploads'))
 */
export function serveUploads<Env extends object = object>(
  store: StoreOption<Env, Readable>,
  options: ServeOptions = {},
): MiddlewareHandler<{ Bindings: Env }> {
  const serve = serving(store, options)
  return async ({ req, env }, next) => {
    const { method, url, headers: fields } = req.raw
    const asked = { method, path: new URL(url).pathname, fields }
    if (!isServed(asked)) return next()
    const { status, headers, body } = await serve(asked, env)
    return new Response((body as Uint8Array<ArrayBuffer> | undefined) ?? null, { status, headers })
  }
}
