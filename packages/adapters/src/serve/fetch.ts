import type { StoreOption } from '../runtime/open-store.js'
import type { Readable, ServeOptions } from './options.js'
import { serving } from './serve.js'

/**
 * A fetch handler that serves what `uploadHandler` stored: the key is the end of the URL's path. It takes
 * nothing but GET and HEAD, and knows nothing but keys.
 * @param store a folder, a store, or a function of the runtime's environment
 * @throws OptionError at once if the options are wrong
 * @example
 * const upload = uploadHandler({ store, authorize })
 * const serve = serveUploads(store)
 * export default { fetch: request => (request.method === 'POST' ? upload(request) : serve(request)) }
 */
export function serveUploads<Env = unknown>(
  store: StoreOption<Env, Readable>,
  options: ServeOptions = {},
): (request: Request, env?: Env) => Promise<Response> {
  const serve = serving(store, options)
  return async ({ method, url, headers: fields }, env) => {
    const { status, headers, body } = await serve({ method, path: new URL(url).pathname, fields }, env as Env)
    return new Response((body as Uint8Array<ArrayBuffer> | undefined) ?? null, { status, headers })
  }
}
