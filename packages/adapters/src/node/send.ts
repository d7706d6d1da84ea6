import type { IncomingMessage, ServerResponse } from 'node:http'
import { linger } from './linger.js'

export interface Head {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/** Sends a whole answer, also while the client is still sending its body; a refusal closes the connection. */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers }: Head,
  body: string | Uint8Array,
): Promise<void> {
  if (response.destroyed) return
  const refused = status >= 400
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  response.writeHead(status, {
    ...headers,
    'Content-Length': bytes.length,
    ...(refused ? { Connection: 'close' } : {}),
  })
  response.write(bytes)
  if (refused) await linger(request)
  response.end()
}
