import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Pairs of rawHeaders: what came twice stays twice. Of the pseudo-headers of HTTP/2, `:authority` takes the
 * place of Host (RFC 9113, 8.3.1).
 */
export function incomingHeaders({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers()
  let authority: string | undefined
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2)
    if (name === ':authority') authority = value
    else if (!name.startsWith(':')) headers.append(name, value)
  }
  if (authority !== undefined) headers.set('host', authority)
  return headers
}

/** Aborted when the client goes before it was answered. */
export function goneSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => {
    if (!response.writableEnded) controller.abort(new Error('the client has gone'))
  })
  return controller.signal
}
