import { answerTo } from './answer/answer-to.js'
import { respond } from './answer/respond.js'
import { incomingFetch } from './guard/incoming.js'
import { handleUpload } from './handler.js'
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
export { serveUploads } from './serve/fetch.js'
export type { ServeOptions } from './serve/options.js'

/**
 * A fetch handler that answers uploads: for Workers, Deno, Bun, Next.js route handlers, and Node by
 * `@sluice/adapters/node`.
 * @throws OptionError, PolicyError at once if the options are wrong
 * @example
 * export default { fetch: uploadHandler({ store: env => r2Store(env.BUCKET), authorize }) }
 */
export function uploadHandler<Env = unknown>(
  options: UploadOptions<Request, Env>,
): (request: Request, env?: Env) => Promise<Response> {
  const settings = checkOptions(options)
  return async (request, env) => {
    const reader = bodyReader(request)
    const incoming = incomingFetch(request, peerOf(request, env))
    const outcome = await handleUpload(settings, { incoming, reader, native: request, env: env as Env })
    return respond(answerTo(outcome, request.headers, settings), reader, env)
  }
}
