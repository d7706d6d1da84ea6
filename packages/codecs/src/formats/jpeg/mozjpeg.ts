import { type Limits, putString } from '@sluice/sandbox'
import { loadModule } from '#jsquash-modules'
import type { Decoded } from '../../wasm/decoded.js'
import { decodeWith } from '../../wasm/emscripten-decoder.js'
import { stillDecoder } from '../still-decoder.js'

/**
 * Decodes a baseline or progressive JPEG of one or three components (mozjpeg 3.3). Rows come as they are stored: the
 * Exif orientation is not applied. A truncated or damaged file gives pixels and warnings.
 *
 * @throws SandboxError
 */
export async function decodeJpeg(bytes: Uint8Array, limits: Limits): Promise<Decoded> {
  return decodeWith(await loadModule('jpeg-dec'), limits, codec => {
    const KEEP_ORIENTATION = 0
    codec.bindings.function('decode')(putString(codec, bytes), KEEP_ORIENTATION)
  })
}

/** Mozjpeg 3.3: Huffman-coded grey and three-component JPEGs of 8 bits. */
export const jpegDecoder = /* @__PURE__ */ stillDecoder({
  format: 'jpeg',
  decode: decodeJpeg,
  unsupported: ({ colour, jpeg }) => {
    if (jpeg?.coding === 'arithmetic') return 'arithmetic JPEG'
    return colour === 'cmyk' || colour === 'ycck' ? 'CMYK JPEG' : undefined
  },
})
