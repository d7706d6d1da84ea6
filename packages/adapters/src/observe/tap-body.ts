import type { IncomingMessage } from 'node:http'
import { bytesLeft } from '../node/bytes-left.js'
import { readBefore } from '../receive/body-reader.js'

/** What passes by of a body that somebody else reads. */
export interface BodyTap {
  readonly stream: ReadableStream<Uint8Array>
  /** How many bytes have come so far, also those that nobody kept. */
  readonly bytes: () => number
}

/**
 * Listens to the body of a request without reading it. A listener of `data` would start its flow before the
 * handler that it is for has come to read it; what arrives is therefore noted where node:http pushes it into
 * the stream (`Readable.push`), whose flow and backpressure stay as they are.
 * @param maxBytes so many are kept for whoever reads the tap, and a chunk more: it is refused by then
 */
export function tapBody(request: IncomingMessage, maxBytes: number): BodyTap {
  const left = bytesLeft(request)
  if (left) return { stream: new Blob([left]).stream(), bytes: () => left.length }
  let bytes = 0
  let open = true
  let note = (_chunk: Uint8Array | null) => {}
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const end = (finish: () => void) => {
        if (!open) return
        open = false
        finish()
      }
      note = chunk => {
        if (chunk === null) return end(() => controller.close())
        const kept = bytes <= maxBytes
        bytes += chunk.length
        if (open && kept) controller.enqueue(chunk)
      }
      request.once('close', () => end(() => controller.error(new Error('the client closed the connection'))))
      if (request.readableEnded || request.destroyed) end(() => controller.error(readBefore()))
    },
    cancel() {
      open = false
    },
  })
  for (const chunk of waiting(request)) note(chunk)
  if (request.complete) note(null)
  const { push } = request
  request.push = (chunk, encoding) => {
    note(chunk)
    return push.call(request, chunk, encoding)
  }
  return { stream, bytes: () => bytes }
}

/** What has arrived already: taken out of the stream's buffer, and put back. */
function waiting(request: IncomingMessage): readonly Uint8Array[] {
  if (request.readableLength === 0) return []
  const chunk: unknown = request.read()
  if (!(chunk instanceof Uint8Array)) return []
  request.unshift(chunk)
  return [chunk]
}
