import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { Answer } from '../answer/answer.js'
import { linger } from './linger.js'
import { isHttp2 } from './send.js'

/** An answer for a framework to send, so that what others do to its answers (CORS, logs) is done to this one too. */
export interface NodeAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | Readable
}

/**
 * What `send` does, in the hands of a framework: an answer that comes before the end of the request is the
 * last one of its connection, and its body ends only when the rest of the request was read and thrown away.
 */
export function nodeAnswer(request: IncomingMessage, response: ServerResponse, answer: Answer): NodeAnswer {
  const { status, headers } = answer
  const bytes = Buffer.from(answer.body)
  const sized = { ...headers, 'Content-Length': String(bytes.length) }
  if (request.complete) return { status, headers: sized, body: bytes }
  if (isHttp2(request)) {
    response.once('finish', () => request.stream.close())
    return { status, headers: sized, body: bytes }
  }
  const body = Readable.from(lingering(request, response, bytes), { objectMode: false })
  return { status, headers: { ...sized, Connection: 'close' }, body }
}

async function* lingering(request: IncomingMessage, response: ServerResponse, bytes: Buffer) {
  yield bytes
  // A body of no bytes has sent nothing yet.
  if (!response.headersSent) response.flushHeaders()
  await linger(request)
}
