import type { IncomingMessage } from 'node:http'
import { readBefore } from '../receive/body-reader.js'

export interface IncomingBody {
  readonly stream: ReadableStream<Uint8Array>
  /** Lets go of the request: what still comes is for whoever reads it next. */
  readonly detach: () => void
}

/**
 * The bytes of a body that was read before, where whoever read it has left them: Firebase and other platforms in
 * `rawBody`, `express.raw()` in `body`.
 */
export function bytesLeft(request: IncomingMessage): Uint8Array<ArrayBuffer> | undefined {
  if (!request.readableEnded) return undefined
  const { rawBody, body } = request as { readonly rawBody?: unknown; readonly body?: unknown }
  return [rawBody, body].find(bytes => bytes instanceof Uint8Array) as Uint8Array<ArrayBuffer> | undefined
}

/**
 * The body of a Node request as a web stream that takes one chunk at a time. Unlike `Readable.toWeb`,
 * cancelling it leaves the connection alone: the answer to a refusal still has to go out on it.
 */
export function incomingBody(request: IncomingMessage): IncomingBody {
  const left = bytesLeft(request)
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
        if (request.readableEnded || request.destroyed) fail(readBefore())
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
