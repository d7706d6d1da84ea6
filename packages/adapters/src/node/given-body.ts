import type { IncomingMessage } from 'node:http'

/**
 * The bytes of a body that somebody has read already, where they are usually left: `rawBody` of Cloud Functions
 * and Firebase, `body` of `express.raw()`. What was parsed (an object, a string) is no body any more.
 * @param native the framework's own request, where that is another object
 */
export function givenBody(request: IncomingMessage, native: unknown): Uint8Array | undefined {
  return [request, native]
    .filter(each => typeof each === 'object' && each !== null)
    .flatMap(each => {
      const { rawBody, body } = each as { readonly rawBody?: unknown; readonly body?: unknown }
      return [rawBody, body]
    })
    .find(each => each instanceof Uint8Array)
}
