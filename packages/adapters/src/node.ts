import type { IncomingMessage, ServerResponse } from 'node:http'
import { incomingBody } from './node/incoming-body.js'
import { goneSignal, incomingHeaders } from './node/node-request.js'
import { send } from './node/send.js'

/** What the fetch handler gets as its second argument on Node. */
export interface NodeEnv {
  readonly incoming: IncomingMessage
}

/**
 * Mounts a fetch handler on node:http, and on whatever hands out its request and response (Fastify's `request.raw`,
 * Koa's `context.req`).
 * @example
 * http.createServer(nodeListener(uploadHandler({ store: './uploads', authorize }))).listen(3000)
 */
export function nodeListener(
  handler: (request: Request, env: NodeEnv) => Response | Promise<Response>,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (incoming, response) => {
    try {
      const answer = await handler(fetchRequest(incoming, response), { incoming })
      const head = { status: answer.status, headers: Object.fromEntries(answer.headers) }
      await send(incoming, response, head, new Uint8Array(await answer.arrayBuffer()))
    } catch {
      // Only a request that is none (a broken URL, a forbidden method) or a foreign handler comes here.
      if (!response.headersSent) await send(incoming, response, { status: 400, headers: {} }, '')
    }
  }
}

function fetchRequest(incoming: IncomingMessage, response: ServerResponse): Request {
  const { method = 'GET', url = '/', socket } = incoming
  const headers = incomingHeaders(incoming)
  const scheme = 'encrypted' in socket ? 'https' : 'http'
  const bodyless = method === 'GET' || method === 'HEAD'
  const init = { method, headers, signal: goneSignal(response) }
  return new Request(
    new URL(url, `${scheme}://${headers.get('host') ?? 'localhost'}`),
    // `duplex` is wanted by the Fetch standard for streams and missing from the DOM types.
    bodyless ? init : ({ ...init, body: incomingBody(incoming), duplex: 'half' } as RequestInit),
  )
}
