import type { IncomingMessage, ServerResponse } from 'node:http'
import { type IncomingBody, incomingBody } from './node/incoming-body.js'
import { goneSignal, incomingHeaders } from './node/node-request.js'
import { send } from './node/send.js'

export { serveUploads } from './serve/node.js'
export type { ServeOptions } from './serve/options.js'

/** What the fetch handler gets as its second argument on Node. */
export interface NodeEnv {
  readonly incoming: IncomingMessage
  /** An answer that comes before the end of the body is seen to by the listener: see `send`. */
  readonly lingers: true
}

/**
 * Mounts a fetch handler on node:http, and on whatever hands out its request and response (Fastify's
 * `request.raw`, Koa's `context.req`). The promise never rejects.
 * @example
 * http.createServer(nodeListener(uploadHandler({ store: './uploads', authorize }))).listen(3000)
 */
export function nodeListener(
  handler: (request: Request, env: NodeEnv) => Response | Promise<Response>,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (incoming, response) => {
    const body = incomingBody(incoming)
    try {
      const request = fetchRequest(incoming, response, body)
      const answer = request ? await answerOf(request, handler, { incoming, lingers: true }) : bare(400)
      body.detach()
      await send(incoming, response, answer, answer.body)
    } catch (thrown) {
      // A header that cannot be written, a response that somebody else has ended.
      console.error('nodeListener: the answer could not be sent:', thrown)
      response.destroy()
    }
  }
}

interface WholeAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Undefined where there must be none: what the handler says of its length stands. */
  readonly body?: Uint8Array
}

const bare = (status: number): WholeAnswer => ({ status, headers: {}, body: new Uint8Array() })

async function answerOf(
  request: Request,
  handler: (request: Request, env: NodeEnv) => Response | Promise<Response>,
  env: NodeEnv,
): Promise<WholeAnswer> {
  try {
    const answer = await handler(request, env)
    const { status } = answer
    const headers = Object.fromEntries(answer.headers)
    const isBare = answer.body === null && (request.method === 'HEAD' || status === 304)
    return isBare
      ? { status, headers }
      : { status, headers, body: new Uint8Array(await answer.arrayBuffer()) }
  } catch (thrown) {
    // Ours never rejects: a handler of the application has failed, which no client may be blamed for.
    if (!request.signal.aborted) console.error('nodeListener: the handler failed:', thrown)
    return bare(500)
  }
}

/**
 * Undefined where the client's request is none in Fetch: a broken URL or Host, a method that it forbids
 * (TRACE).
 */
function fetchRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  { stream }: IncomingBody,
): Request | undefined {
  const { method = 'GET', url = '/', socket } = incoming
  const headers = incomingHeaders(incoming)
  const scheme = 'encrypted' in socket ? 'https' : 'http'
  const bodyless = method === 'GET' || method === 'HEAD'
  const init = { method, headers, signal: goneSignal(response) }
  const base = `${scheme}://${headers.get('host') ?? 'localhost'}`
  if (!URL.canParse(url, base)) return undefined
  try {
    // `duplex` is wanted by the Fetch standard for streams and missing from the DOM types.
    const body = bodyless ? {} : { body: stream, duplex: 'half' }
    return new Request(new URL(url, base), { ...init, ...body } as RequestInit)
  } catch (thrown) {
    if (thrown instanceof TypeError) return undefined
    throw thrown
  }
}
