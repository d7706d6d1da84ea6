import type { Peer } from '../runtime/peer.js'

/** A request as every runtime can give it. Nothing in it is believed but the peer. */
export interface Incoming extends Peer {
  readonly method: string
  readonly headers: Headers
  /** Host, or `:authority` of HTTP/2. */
  readonly host: string | undefined
  /**
   * The client's address by the framework's own setting of trust (Express's `trust proxy`), where that is
   * on.
   */
  readonly proxiedFor?: string | undefined
  /** Aborted when the client has gone. */
  readonly signal?: AbortSignal | undefined
}

/** @param peer see `peerOf` */
export function incomingFetch(request: Request, peer: Peer): Incoming {
  const { method, headers, signal, url } = request
  return { method, headers, signal, host: headers.get('host') ?? new URL(url).host, ...peer }
}
