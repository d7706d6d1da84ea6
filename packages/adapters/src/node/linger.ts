import type { IncomingMessage, ServerResponse } from 'node:http'
import { drainMeter, lingerLimits } from '../receive/drain.js'

/**
 * Reads and throws away the rest of a request that was answered early (RFC 9112, 9.6; nginx calls it
 * lingering close): a connection that is closed with bytes unread is reset, and takes the answer with it.
 * Resolved where the body has ended, the client has gone, or a limit of time, bytes or rate is reached.
 */
export function linger(request: IncomingMessage, limits = lingerLimits): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve()
  return new Promise(resolve => {
    const meter = drainMeter(limits, finish)
    const count = (chunk: Uint8Array) => meter.count(chunk.length)
    function finish() {
      meter.stop()
      request.off('data', count).off('end', finish).off('close', finish)
      request.pause()
      resolve()
    }
    request.on('data', count).on('end', finish).on('close', finish)
    request.resume()
  })
}

/**
 * The same for an answer that somebody else writes: what they write is sent at once, but its end waits for the
 * rest of the request, since node:http closes the connection there. It is the last answer of its connection.
 */
export function lingerBeforeEnd(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Connection', 'close')
  const rest = linger(request)
  const { end } = response
  response.end = (...given: unknown[]) => {
    if (request.complete) return Reflect.apply(end, response, given)
    const callback = given.find(each => typeof each === 'function')
    const [chunk, encoding] = given.filter(each => each !== callback) as [Chunk?, BufferEncoding?]
    if (!response.headersSent) declareLength(response, chunk, encoding)
    if (chunk) response.write(chunk, encoding ?? 'utf8')
    else response.flushHeaders()
    response.end = () => response
    void rest.then(() => Reflect.apply(end, response, callback ? [callback] : []))
    return response
  }
}

type Chunk = string | Uint8Array | null

/** As node:http does where it is given all of an answer with its end: so that a client need not wait for the end. */
function declareLength(response: ServerResponse, chunk: Chunk = null, encoding?: BufferEncoding): void {
  const isBare = response.statusCode === 204 || response.statusCode === 304
  if (isBare || response.hasHeader('Content-Length') || response.hasHeader('Transfer-Encoding')) return
  response.setHeader('Content-Length', chunk === null ? 0 : Buffer.byteLength(chunk, encoding))
}
