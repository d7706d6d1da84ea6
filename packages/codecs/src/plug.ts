import type { Decoder, Encoder } from './codec.js'

/**
 * Codecs of further formats, for the option `plugs` of a renderer: `kernelRenderer({ plugs: [avif(), heic()]
 * })`. They go before those that the renderer brings.
 */
export interface Plug {
  readonly decoders?: readonly Decoder[]
  readonly encoders?: readonly Encoder[]
  /**
   * How a worker makes the same plug, for functions do not cross threads. Without it a plug is of no use to
   * `workerPool`.
   */
  readonly module?: PlugModule
}

/** Where the function is that made a plug. */
export interface PlugModule {
  /** Of an ES module that a worker can import. */
  readonly url: () => URL
  /** The export of it that returns the plug. */
  readonly name: string
  /** What that is called with: anything that structured cloning takes, a `WebAssembly.Module` too. */
  readonly options?: unknown
}

/** Parts of a renderer together with those of its plugs. */
export function plugIn(plugs: readonly Plug[], decoders: readonly Decoder[], encoders: readonly Encoder[]) {
  return {
    decoders: [...plugs.flatMap(plug => plug.decoders ?? []), ...decoders],
    encoders: [...plugs.flatMap(plug => plug.encoders ?? []), ...encoders],
  }
}
