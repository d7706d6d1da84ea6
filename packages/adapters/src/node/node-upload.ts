import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerTo } from '../answer/answer-to.js'
import { createdHeaders } from '../answer/created.js'
import { handleUpload, type UploadForm } from '../handler.js'
import { peerOfSocket } from '../runtime/peer.js'
import type { Settings } from '../settings.js'
import { incomingBody } from './incoming-body.js'
import { type NodeAnswer, nodeAnswer } from './node-answer.js'
import { goneSignal, incomingHeaders } from './node-request.js'

/** A request of a framework on node:http, and what lies below it. */
export interface NodeArrival<Native> {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** The framework's own, for `authorize`. */
  readonly native: Native
  /** The address of the client where the framework was told which proxies to trust. */
  readonly proxiedFor: string | undefined
}

/** What became of it. Without a form it was refused, and `answer` is what the client gets. */
export interface NodeUpload {
  readonly form: UploadForm | undefined
  /** Of an accepted upload, whoever writes its answer. */
  readonly headers: Readonly<Record<string, string>>
  /** The whole answer: a refusal, or of an accepted upload what is said unless the application does. */
  readonly answer: () => NodeAnswer
}

/** Takes an upload for a framework that sends the answer itself. Never rejects. */
export async function nodeUpload<Native>(
  settings: Settings<Native, undefined>,
  { request, response, native, proxiedFor }: NodeArrival<Native>,
): Promise<NodeUpload> {
  const headers = incomingHeaders(request)
  const body = incomingBody(request, native)
  const incoming = {
    method: request.method ?? '',
    headers,
    host: headers.get('host') ?? undefined,
    signal: goneSignal(response),
    proxiedFor,
    ...peerOfSocket(request.socket),
  }
  const reader = body.stream.getReader()
  const outcome = await handleUpload(settings, { incoming, reader, native, env: undefined })
  body.detach()
  return {
    form: outcome.form,
    headers: { ...outcome.headers, ...createdHeaders(outcome.form?.uploads[0]) },
    answer: () => nodeAnswer(request, response, answerTo(outcome, headers, settings)),
  }
}

/**
 * The address of the client by `trust proxy` of Express or `trustProxy` of Fastify: `ips` is there, and not
 * empty, only where one of them is on.
 */
export function trustedAddress(request: object): string | undefined {
  const { ip, ips } = request as { readonly ip?: string; readonly ips?: readonly string[] }
  return ips !== undefined && ips.length > 0 ? ip : undefined
}
