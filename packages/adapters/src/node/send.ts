import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest } from 'node:http2'
import { linger } from './linger.js'

export interface Head {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Sends a whole answer, also while the client is still sending its body. Whatever its status, an answer
 * that comes before the end of the body is the last one of its connection: the rest of the body is not read
 * without end, as it would be for a next request.
 * @param body of HEAD and 304 there is none; `headers` may then tell how long it would be (RFC 9110, 8.6)
 */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers }: Head,
  body?: string | Uint8Array,
): Promise<void> {
  if (response.destroyed) return
  const early = !request.complete
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const head = bytes ? { ...withoutLength(headers), 'Content-Length': bytes.length } : headers
  if (isHttp2(request)) {
    response.writeHead(status, head)
    if (bytes) response.end(bytes)
    else response.end()
    // NO_ERROR: the answer is whole, and the client is asked to stop (RFC 9113, 8.1). Other streams of its
    // connection go on.
    if (early) request.stream.close()
    return
  }
  response.writeHead(status, early ? { ...head, Connection: 'close' } : head)
  if (bytes) response.write(bytes)
  else response.flushHeaders()
  if (early) await linger(request)
  response.end()
}

/** Counted here: twice in one head, it would be no answer to most clients. */
function withoutLength(headers: Head['headers']): Head['headers'] {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-length'),
  )
}

export function isHttp2(
  request: IncomingMessage | Http2ServerRequest,
): request is IncomingMessage & Http2ServerRequest {
  return request.httpVersionMajor === 2
}
