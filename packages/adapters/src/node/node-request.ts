import type { IncomingMessage, ServerResponse } from 'node:http'

/** Pairs of rawHeaders: what came twice stays twice. HTTP/2 pseudo-headers are left out. */
export function incomingHeaders({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers()
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2)
    if (!name.startsWith(':')) headers.append(name, value)
  }
  return headers
}

/** Aborted when the client goes before it was answered. */
export function goneSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(new Error('the client has gone'))
  })
  return controller.signal
}
