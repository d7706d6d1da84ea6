import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Uploaded } from '@sluice/core'
import { answerTo } from './answer/answer-to.js'
import { createdHeaders } from './answer/created.js'
import { handleUpload, type UploadForm } from './handler.js'
import { incomingBody } from './node/incoming-body.js'
import { goneSignal, incomingHeaders } from './node/node-request.js'
import { send } from './node/send.js'
import type { UploadOptions } from './options.js'
import { peerOfSocket } from './runtime/peer.js'
import { checkOptions } from './settings.js'

export type { Uploaded, UploadedFile } from '@sluice/core'
export type { Messages } from './answer/messages.js'
export type { EndpointEvent, LogEvent } from './events/endpoint-event.js'
export type { UploadForm } from './handler.js'
export { OptionError } from './option-error.js'
export type { UploadOptions } from './options.js'
export { serveUploads } from './serve/node.js'
export type { ServeOptions } from './serve/options.js'

declare global {
  namespace Express {
    interface Request {
      /**
       * Set behind `imageUpload`, and nowhere else: the image; the first of them where several may be sent.
       */
      upload?: Uploaded
      /** Set behind `imageUpload`, and nowhere else: all of the request. */
      uploadForm?: UploadForm
    }
  }
}

/**
 * For Express 5 and 4. Answers refusals itself; an accepted upload goes on to the next handler as
 * `req.upload`, with 201 and Location already set.
 * @throws OptionError, PolicyError at once if the options are wrong
 * @example
 * app.post('/images', imageUpload({ store: './uploads', authorize }), (req, res) => res.json(req.upload))
 */
export function imageUpload<Request extends IncomingMessage = IncomingMessage>(
  options: UploadOptions<Request>,
): (request: Request, response: ServerResponse, next: (error?: unknown) => void) => void {
  const settings = checkOptions(options)

  async function upload(request: Request, response: ServerResponse): Promise<boolean> {
    const headers = incomingHeaders(request)
    const body = incomingBody(request)
    const reader = body.stream.getReader()
    const incoming = {
      method: request.method ?? '',
      headers,
      host: headers.get('host') ?? undefined,
      signal: goneSignal(response),
      proxiedFor: trustedByExpress(request),
      ...peerOfSocket(request.socket),
    }
    const outcome = await handleUpload(settings, { incoming, reader, native: request, env: undefined })
    if (!outcome.form) {
      const answer = answerTo(outcome, headers, settings)
      body.detach()
      await send(request, response, answer, answer.body)
      return false
    }
    const [first] = outcome.form.uploads
    response.statusCode = 201
    for (const [name, value] of Object.entries({ ...outcome.headers, ...createdHeaders(first) }))
      response.setHeader(name, value)
    Object.assign(request, { upload: first, uploadForm: outcome.form })
    return true
  }
  return (request, response, next) => {
    upload(request, response)
      .then(accepted => {
        if (accepted) next()
      })
      .catch(next)
      // Nothing that the application's handlers throw may end the process.
      .catch(thrown => console.error('imageUpload: the next handler failed:', thrown))
  }
}

/** The address of the client where Express's own `trust proxy` is on. */
function trustedByExpress(request: IncomingMessage): string | undefined {
  const { app, ip } = request as { app?: { get?(name: string): unknown }; ip?: string }
  return app?.get?.('trust proxy') ? ip : undefined
}
