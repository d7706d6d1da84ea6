/*
 * The codecs of jSquash by themselves: one file in, one picture out, in an instance with limits of its own. Nothing looks at
 * the header first; for uploads take a renderer.
 */
export { decodeJpeg } from './formats/jpeg/mozjpeg.js'
export { decodePng } from './formats/png/rust-png.js'
export { decodeWebp } from './formats/webp/libwebp-decoder.js'
export { encodeWebp, type WebpOptions } from './formats/webp/libwebp-encode.js'
export { resize } from './resize/squoosh-resize.js'
export type { Decoded } from './wasm/decoded.js'
