/** A request as every runtime can give it. Nothing in it is believed but `address`. */
export interface Incoming {
  readonly method: string
  readonly headers: Headers
  /** Of the peer of the connection, where the runtime tells. */
  readonly address: string | undefined
  /** Aborted when the client has gone. */
  readonly signal?: AbortSignal | undefined
}
