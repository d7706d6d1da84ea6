import { request } from 'node:http'

export interface Sent {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** Without Content-Length, in this many pieces. */
  readonly chunks?: number
}

export interface Got {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

/** One request on a connection of its own, byte for byte as it is given. */
export function send(
  port: number,
  { method = 'POST', path, headers = {}, body, chunks }: Sent,
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const length = body === undefined || chunks !== undefined ? {} : { 'content-length': String(body.length) }
    const outgoing = request(
      { host: '127.0.0.1', port, method, path, headers: { ...length, ...headers }, agent: false },
      response => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', chunk => {
          text += chunk
        })
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        )
        response.on('error', reject)
      },
    )
    // A server that refuses early may close while we still write; the answer is what counts.
    outgoing.on('error', error => setTimeout(() => reject(error), 500))
    const size = body ? Math.ceil(body.length / (chunks ?? 1)) : 0
    for (let start = 0; body && start < body.length; start += size)
      outgoing.write(body.subarray(start, start + size))
    outgoing.end()
  })
}
