import type { Decoder, Encoder } from './codec.js'

/**
 * Codecs of further formats, for the option `plugs` of a renderer: `kernelRenderer({ plugs: [avif(), heic()] })`. They go
 * before those that the renderer brings.
 */
export interface Plug {
  readonly decoders?: readonly Decoder[]
  readonly encoders?: readonly Encoder[]
}

/** Parts of a renderer together with those of its plugs. */
export function plugIn(plugs: readonly Plug[], decoders: readonly Decoder[], encoders: readonly Encoder[]) {
  return {
    decoders: [...plugs.flatMap(plug => plug.decoders ?? []), ...decoders],
    encoders: [...plugs.flatMap(plug => plug.encoders ?? []), ...encoders],
  }
}
