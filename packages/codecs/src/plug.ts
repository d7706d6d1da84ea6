import type { Decoder, Encoder, Resizer } from './codec.js'

/**
 * Parts for the option `plugs` of a renderer, `kernelRenderer({ plugs: [avif(), heic()] })`: codecs of
 * further formats, or others for those that the renderer brings. They go before its own.
 */
export interface Plug {
  readonly decoders?: readonly Decoder[]
  readonly encoders?: readonly Encoder[]
  readonly resizer?: Resizer
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
