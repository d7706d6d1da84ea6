import type { IncomingMessage } from 'node:http'
import { drainLimits } from '../receive/drain.js'

/**
 * Reads and throws away a little more of a request that was answered early (nginx calls it lingering close):
 * closed at once, the client would get a reset and never see the answer.
 */
export function linger(request: IncomingMessage, limits = drainLimits): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve()
  return new Promise(resolve => {
    let left = limits.bytes
    const timer = setTimeout(finish, limits.ms)
    function finish() {
      clearTimeout(timer)
      request.off('data', count).off('end', finish).off('close', finish)
      request.pause()
      resolve()
    }
    function count(chunk: Uint8Array) {
      left -= chunk.length
      if (left < 0) finish()
      // The body's own listener pauses after each chunk.
      else request.resume()
    }
    request.on('data', count).on('end', finish).on('close', finish)
    request.resume()
  })
}
