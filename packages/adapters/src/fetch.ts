import { answerTo } from './answer/answer-to.js'
import { respond } from './answer/respond.js'
import { incomingFetch } from './guard/incoming.js'
import { handleUpload } from './handler.js'
import { observeFetch } from './observe/observe-fetch.js'
import { OptionError } from './option-error.js'
import type { UploadOptions } from './options.js'
import { bodyReader } from './receive/body-reader.js'
import { peerOf } from './runtime/peer.js'
import { checkOptions } from './settings.js'

export { discard, type Uploaded, type UploadedFile } from '@sluice/core'
export type { Messages } from './answer/messages.js'
export type { EndpointEvent, LogEvent, ObservedEvent } from './events/endpoint-event.js'
export type { FormFields, OtherFile, UploadForm } from './form.js'
export type { FileField, UploadOptions } from './options.js'
export { serveUploads } from './serve/fetch.js'
export type { ServeOptions } from './serve/options.js'
export { OptionError }

/** @see UploadOptions */
export interface FetchOptions<Env = unknown> extends UploadOptions<Request, Env> {
  /**
   * The existing handler, which keeps answering: every request reaches it untouched, nothing is refused or
   * stored, and an `upload.observed` event says what would have become of it, why, and what that took.
   * Default: none, and uploads are handled here.
   */
  readonly observe?: FetchHandler<Env>
}

/** @param context of Workers: observation that outlasts the answer is passed to its `waitUntil` */
export type FetchHandler<Env> = (
  request: Request,
  env: Env,
  context?: unknown,
) => Response | Promise<Response>

/**
 * A fetch handler that answers uploads: for Workers, Deno, Bun, Next.js route handlers, and Node by
 * `@sluice/adapters/node`.
 * @throws OptionError, PolicyError at once if the options are wrong
 * @example
 * export default { fetch: uploadHandler({ store: env => r2Store(env.BUCKET), authorize }) }
 */
export function uploadHandler<Env = unknown>(
  options: FetchOptions<Env>,
): (request: Request, env?: Env, context?: unknown) => Promise<Response> {
  const settings = checkOptions(options, { observe: true })
  const { observe } = options
  if (observe !== undefined && typeof observe !== 'function')
    throw new OptionError('observe', 'must be the handler that keeps answering')
  return async (request, env, context) => {
    if (observe) {
      observeFetch(settings, request, request, env as Env, context)
      return observe(request, env as Env, context)
    }
    const reader = bodyReader(request)
    const incoming = incomingFetch(request, peerOf(request, env))
    const handled = await handleUpload(settings, { incoming, reader, native: request, env: env as Env })
    return respond(answerTo(handled, request.headers, settings), reader, env)
  }
}
