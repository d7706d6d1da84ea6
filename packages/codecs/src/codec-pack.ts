import type { Decoder, Encoder, Resizer } from './codec.js'

/**
 * Parts for the option `codecs` of a renderer, `kernelRenderer({ codecs: [avif(), heic()] })`: codecs of
 * further formats, or others for those that the renderer brings. They go before its own.
 */
export interface CodecPack {
  readonly decoders?: readonly Decoder[]
  readonly encoders?: readonly Encoder[]
  readonly resizer?: Resizer
  /**
   * How a worker makes the same codec pack, for functions do not cross threads. Without it a codec pack is of no use to
   * `workerPool`.
   */
  readonly module?: CodecPackModule
}

/** Where the function is that made a codec pack. */
export interface CodecPackModule {
  /** Of an ES module that a worker can import. */
  readonly url: () => URL
  /** The export of it that returns the codec pack. */
  readonly name: string
  /** What that is called with: anything that structured cloning takes, a `WebAssembly.Module` too. */
  readonly options?: unknown
}
