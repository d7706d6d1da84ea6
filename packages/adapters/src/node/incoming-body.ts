import type { IncomingMessage } from 'node:http'
import { readBefore } from '../receive/body-reader.js'

/**
 * The body of a Node request as a web stream that takes one chunk at a time. Unlike `Readable.toWeb`,
 * cancelling it leaves the connection alone: the answer to a refusal still has to go out on it.
 */
export function incomingBody(request: IncomingMessage): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let settled = false
        const settle = (end: () => void) => {
          if (!settled) end()
          settled = true
        }
        const fail = (cause: unknown) => settle(() => controller.error(cause))
        request.on('data', (chunk: Uint8Array) => {
          request.pause()
          if (!settled) controller.enqueue(chunk)
        })
        request.on('end', () => settle(() => controller.close()))
        request.on('error', fail)
        request.on('close', () => fail(new Error('the client closed the connection')))
        request.pause()
        if (request.readableEnded || request.destroyed) fail(readBefore())
      },
      pull() {
        request.resume()
      },
    },
    { highWaterMark: 0 },
  )
}
