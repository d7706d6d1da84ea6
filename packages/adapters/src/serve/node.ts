import type { IncomingMessage, ServerResponse } from 'node:http'
import { incomingHeaders } from '../node/node-request.js'
import { send } from '../node/send.js'
import type { StoreOption } from '../runtime/open-store.js'
import type { Readable, ServeOptions } from './options.js'
import { type Asked, isServed, serving } from './serve.js'

/**
 * Serves what `imageUpload` stored, in Express 5 and 4 and in whatever else hands out Node's request and
 * response: the key is the end of the path.
 * @param store a folder or a store
 * @throws OptionError at once if the options are wrong
 * @example
 * app.use('/images', serveUploads('./uploads'))
 */
export function serveUploads(
  store: StoreOption<undefined, Readable>,
  options: ServeOptions = {},
): (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void) => void {
  const serve = serving(store, options)

  async function answer(request: IncomingMessage, response: ServerResponse, asked: Asked): Promise<void> {
    const { status, headers, body } = await serve(asked, undefined)
    await send(request, response, { status, headers }, body)
  }
  return (request, response, next) => {
    const { method = '', url = '' } = request
    const [path = ''] = url.split('?')
    const asked = { method, path, fields: incomingHeaders(request) }
    if (next && !isServed(asked)) next()
    else answer(request, response, asked).catch(thrown => (next ? next(thrown) : response.destroy()))
  }
}
