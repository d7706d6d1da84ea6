import type { IncomingMessage, ServerResponse } from 'node:http'
import { incomingBody } from './node/incoming-body.js'
import { goneSignal, incomingHeaders } from './node/node-request.js'
import { send } from './node/send.js'

/** What the fetch handler gets as its second argument on Node. */
export interface NodeEnv {
  readonly incoming: IncomingMessage
}

/**
 * Mounts a fetch handler on node:http, and on whatever hands out its request and response (Fastify's
 * `request.raw`, Koa's `context.req`).
 * @example
 * http.createServer(nodeListener(uploadHandler({ store: './uploads', authorize }))).listen(3000)
 */
export function nodeListener(
  handler: (request: Request, env: NodeEnv) => Response | Promise<Response>,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (incoming, response) => {
    const request = fetchRequest(incoming, response)
    if (request === undefined) return send(incoming, response, { status: 400, headers: {} }, '')
    try {
      const answer = await handler(request, { incoming })
      const body = new Uint8Array(await answer.arrayBuffer())
      await send(
        incoming,
        response,
        { status: answer.status, headers: Object.fromEntries(answer.headers) },
        body,
      )
    } catch (thrown) {
      // Ours never rejects: a handler of the application has failed, which no client may be blamed for.
      if (!request.signal.aborted) console.error('nodeListener: the handler failed:', thrown)
      if (!response.headersSent) await send(incoming, response, { status: 500, headers: {} }, '')
    }
  }
}

/**
 * Undefined where the client's request is none in Fetch: a broken URL or Host, a method that it forbids
 * (TRACE).
 */
function fetchRequest(incoming: IncomingMessage, response: ServerResponse): Request | undefined {
  const { method = 'GET', url = '/', socket } = incoming
  const headers = incomingHeaders(incoming)
  const scheme = 'encrypted' in socket ? 'https' : 'http'
  const bodyless = method === 'GET' || method === 'HEAD'
  const init = { method, headers, signal: goneSignal(response) }
  const base = `${scheme}://${headers.get('host') ?? 'localhost'}`
  if (!URL.canParse(url, base)) return undefined
  try {
    // `duplex` is wanted by the Fetch standard for streams and missing from the DOM types.
    const body = bodyless ? {} : { body: incomingBody(incoming), duplex: 'half' }
    return new Request(new URL(url, base), { ...init, ...body } as RequestInit)
  } catch (thrown) {
    if (thrown instanceof TypeError) return undefined
    throw thrown
  }
}
