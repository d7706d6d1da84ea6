import { type Limits, putString } from '@sluice/sandbox'
import { loadModule } from '#jsquash-modules'
import type { Decoded } from '../../../wasm/decoded.js'
import { decodeWith } from '../../../wasm/emscripten-decoder.js'
import { stillDecoder } from '../../still-decoder.js'

/** Decodes a still WebP, lossy or lossless (libwebp 1.1). @throws SandboxError; 'refused' for an animation */
export async function decodeWebp(bytes: Uint8Array, limits: Limits): Promise<Decoded> {
  return decodeWith(await loadModule('webp-dec'), limits, codec => {
    codec.bindings.function('decode')(putString(codec, bytes))
  })
}

/** Libwebp 1.1: lossy and lossless stills. */
export const webpDecoder = /* @__PURE__ */ stillDecoder({ format: 'webp', decode: decodeWebp })
