/** What is used of node:http's IncomingMessage, without its types: this file goes into every runtime. */
export interface NodeMessage {
  /** The whole request has arrived. */
  readonly complete: boolean
  readonly httpVersionMajor: number
  /** Our own listener stands between, which sees to early answers itself. */
  readonly lingers: boolean
}

/** The message behind a fetch request, from `@hono/node-server`'s bindings or our `NodeEnv`. */
export function nodeMessage(env: unknown): NodeMessage | undefined {
  if (typeof env !== 'object' || env === null) return undefined
  const { incoming, lingers = false } = env as { incoming?: Partial<NodeMessage>; lingers?: boolean }
  const { complete, httpVersionMajor } = incoming ?? {}
  if (complete === undefined || httpVersionMajor === undefined) return undefined
  return { complete, httpVersionMajor, lingers }
}
