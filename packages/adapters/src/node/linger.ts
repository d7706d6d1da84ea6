import type { IncomingMessage } from 'node:http'
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
