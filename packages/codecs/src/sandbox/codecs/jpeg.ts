import type { Decoded } from '../decoded.js'
import { putString } from '../emscripten.js'
import type { Limits } from '../limits.js'
import { decodeWith } from './emscripten-decoder.js'

/**
 * Decodes a baseline or progressive JPEG of one or three components (mozjpeg 3.3). Rows come as they are stored: the
 * Exif orientation is not applied. A truncated or damaged file gives pixels and warnings.
 *
 * @throws SandboxError
 */
export const decodeJpeg = (bytes: Uint8Array, limits: Limits): Promise<Decoded> =>
  decodeWith('jpeg-dec', limits, codec => {
    const KEEP_ORIENTATION = 0
    codec.bindings.function('decode')(putString(codec, bytes), KEEP_ORIENTATION)
  })
