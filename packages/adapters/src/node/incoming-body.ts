import type { IncomingMessage } from 'node:http'
import { readBefore } from '../receive/body-reader.js'
import { bytesLeft, isRead } from './bytes-left.js'

export interface IncomingBody {
  readonly stream: ReadableStream<Uint8Array>
  /** Lets go of the request: what still comes is for whoever reads it next. */
  readonly detach: () => void
}

/**
 * The body of a Node request as a web stream that takes one chunk at a time: the socket is paused until the
 * next is asked for, so that backpressure reaches the client. Unlike `Readable.toWeb`, cancelling it leaves
 * the connection alone: the answer to a refusal still has to go out on it. Where somebody has read it before,
 * it is what they left of it (see `givenBody`), or an error that says so.
 * @param native the framework's own request
 */
export function incomingBody(request: IncomingMessage, native: unknown = request): IncomingBody {
  const left = bytesLeft(request, native)
  if (left) return { stream: new Blob([left]).stream(), detach() {} }
  let detach = () => {}
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const take = (chunk: Uint8Array) => {
          request.pause()
          controller.enqueue(chunk)
        }
        const close = () => settle(() => controller.close())
        const fail = (cause: unknown) => settle(() => controller.error(cause))
        const gone = () => fail(new Error('the client closed the connection'))
        // The listener of errors stays: without one, an error that comes later would end the process.
        request.on('data', take).on('end', close).on('close', gone).on('error', fail)
        let settled = false
        detach = () => {
          settled = true
          request.off('data', take).off('end', close).off('close', gone)
        }
        function settle(end: () => void) {
          if (settled) return
          detach()
          end()
        }
        request.pause()
        if (isRead(request)) fail(readBefore())
        else if (request.destroyed) gone()
      },
      pull() {
        request.resume()
      },
      cancel() {
        detach()
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, detach: () => detach() }
}
