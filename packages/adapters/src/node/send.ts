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
 */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers }: Head,
  body: string | Uint8Array,
): Promise<void> {
  if (response.destroyed) return
  const early = !request.complete
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const head = { ...headers, 'Content-Length': bytes.length }
  if (isHttp2(request)) {
    response.writeHead(status, head)
    response.end(bytes)
    // NO_ERROR: the answer is whole, and the client is asked to stop (RFC 9113, 8.1). Other streams of its
    // connection go on.
    if (early) request.stream.close()
    return
  }
  response.writeHead(status, early ? { ...head, Connection: 'close' } : head)
  response.write(bytes)
  if (early) await linger(request)
  response.end()
}

export function isHttp2(
  request: IncomingMessage | Http2ServerRequest,
): request is IncomingMessage & Http2ServerRequest {
  return request.httpVersionMajor === 2
}
