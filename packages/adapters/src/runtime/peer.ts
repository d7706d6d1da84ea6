/** Who is at the other end of the connection. */
export interface Peer {
  readonly address: string | undefined
  /**
   * The connection came with a certificate of the client, which a browser sends without being asked by the
   * page.
   */
  readonly clientCertificate: boolean
}

/**
 * From what each runtime hands a fetch handler besides the request: Deno its `info`, Bun its server,
 * `@hono/node-server` and our node:http listener the incoming message, Cloudflare `request.cf`. Workers
 * tell no address: there `trustProxy: 'cf-connecting-ip'`.
 */
export function peerOf(request: Request, env: unknown): Peer {
  const { cf } = request as { cf?: { tlsClientAuth?: { certPresented?: string } } }
  const { remoteAddr, incoming, requestIP } = (
    typeof env === 'object' && env !== null ? env : {}
  ) as RuntimeInfo
  if (incoming?.socket) return peerOfSocket(incoming.socket)
  return {
    address: remoteAddr?.hostname ?? requestIP?.call(env, request)?.address,
    clientCertificate: cf?.tlsClientAuth?.certPresented === '1',
  }
}

export function peerOfSocket(socket: Socket): Peer {
  // A TLS socket gives an empty object where there is none.
  const certificate = socket.getPeerCertificate?.() ?? {}
  return { address: socket.remoteAddress, clientCertificate: Object.keys(certificate).length > 0 }
}

interface Socket {
  readonly remoteAddress?: string | undefined
  getPeerCertificate?(): object | null
}

interface RuntimeInfo {
  readonly remoteAddr?: { readonly hostname?: string }
  readonly incoming?: { readonly socket?: Socket }
  readonly requestIP?: (request: Request) => { readonly address: string } | null
}
