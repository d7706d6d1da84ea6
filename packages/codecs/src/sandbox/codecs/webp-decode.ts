import type { Decoded } from '../decoded.js'
import { putString } from '../emscripten.js'
import type { Limits } from '../limits.js'
import { decodeWith } from './emscripten-decoder.js'

/** Decodes a still WebP, lossy or lossless (libwebp 1.1). @throws SandboxError; 'refused' for an animation */
export const decodeWebp = (bytes: Uint8Array, limits: Limits): Promise<Decoded> =>
  decodeWith('webp-dec', limits, codec => {
    codec.bindings.function('decode')(putString(codec, bytes))
  })
