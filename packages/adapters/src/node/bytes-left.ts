import type { IncomingMessage } from 'node:http'

/** Whether somebody has read of a body already, be it a part. */
export function isRead(request: IncomingMessage): boolean {
  return request.readableDidRead || request.readableEnded
}

/**
 * The bytes of a body that was read before, where whoever read it has left them: Firebase and other platforms in
 * `rawBody`, `express.raw()` in `body`. What was parsed (an object, a string) is no body any more.
 * @param native the framework's own request, where that is another object
 */
export function bytesLeft(
  request: IncomingMessage,
  native: unknown = request,
): Uint8Array<ArrayBuffer> | undefined {
  if (!isRead(request)) return undefined
  const given = [request, native].flatMap(each => {
    const { rawBody, body } = (each ?? {}) as { readonly rawBody?: unknown; readonly body?: unknown }
    return [rawBody, body]
  })
  return given.find(bytes => bytes instanceof Uint8Array) as Uint8Array<ArrayBuffer> | undefined
}
