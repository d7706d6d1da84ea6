/**
 * The address at the other end of the connection, from what each runtime hands a fetch handler besides the
 * request: Deno its `info`, Bun its server, `@hono/node-server` and our node:http listener the incoming
 * message. Workers tell none: there `trustProxy: 'cf-connecting-ip'`.
 */
export function peerAddress(request: Request, env: unknown): string | undefined {
  if (typeof env !== 'object' || env === null) return undefined
  const { remoteAddr, incoming, requestIP } = env as RuntimeInfo
  return (
    remoteAddr?.hostname ??
    incoming?.socket?.remoteAddress ??
    requestIP?.call(env, request)?.address ??
    undefined
  )
}

interface RuntimeInfo {
  readonly remoteAddr?: { readonly hostname?: string }
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } }
  readonly requestIP?: (request: Request) => { readonly address: string } | null
}
