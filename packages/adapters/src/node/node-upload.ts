import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerTo } from '../answer/answer-to.js'
import { createdHeaders } from '../answer/created.js'
import { pendingForm } from '../answer/kept.js'
import type { PendingForm } from '../form.js'
import { type HandledUpload, handleUpload } from '../handler.js'
import { peerOfSocket } from '../runtime/peer.js'
import type { Settings } from '../settings.js'
import { answered, withoutLocationOnFailure } from './answered.js'
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
  /**
   * Whether the application answers an accepted upload: its files are kept where it does so with a status
   * below 400.
   */
  readonly handsOn: boolean
}

/** What became of it. Without a form it was refused, and `answer` is what the client gets. */
export interface NodeUpload {
  readonly form: PendingForm | undefined
  /** Of an accepted upload, whoever writes its answer. */
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** The whole answer: a refusal, or of an accepted upload what is said unless the application does. */
  readonly answer: () => NodeAnswer
}

/** Takes an upload for a framework that sends the answer itself. Never rejects. */
export function nodeUpload<Native>(
  settings: Settings<Native, undefined>,
  { request, response, native, proxiedFor, handsOn }: NodeArrival<Native>,
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
  const arrival = { incoming, reader: body.stream.getReader(), native, env: undefined }

  function became(handled: HandledUpload, form: PendingForm | undefined): NodeUpload {
    const first = form?.uploads[0]
    return {
      form,
      status: first ? 201 : 200,
      headers: { ...handled.headers, ...createdHeaders(first) },
      answer: () => nodeAnswer(request, response, answerTo(handled, headers, settings)),
    }
  }
  return new Promise(resolve => {
    /** The framework goes on while this waits for what the application answers. */
    async function handOn(
      form: NonNullable<HandledUpload['form']>,
      headers: HandledUpload['headers'],
      kept: Promise<void>,
    ) {
      const pending = pendingForm(form, kept)
      const decided = Promise.race([answered(response), pending.confirmed])
      withoutLocationOnFailure(response)
      resolve(became({ form, headers }, pending.form))
      await decided
    }
    handleUpload(settings, handsOn ? { ...arrival, handOn } : arrival).then(handled => {
      body.detach()
      resolve(became(handled, handled.form && { ...handled.form, async confirm() {} }))
    })
  })
}

/**
 * The address of the client by `trust proxy` of Express or `trustProxy` of Fastify: `ips` is there, and not
 * empty, only where one of them is on.
 */
export function trustedAddress(request: object): string | undefined {
  const { ip, ips } = request as { readonly ip?: string; readonly ips?: readonly string[] }
  return ips !== undefined && ips.length > 0 ? ip : undefined
}
