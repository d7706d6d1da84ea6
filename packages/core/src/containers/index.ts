/**
 * For packages that must look into a file themselves: the one walker of its container, and the writers of RIFF
 * and of AVIF.
 */
export { repackAvif } from '../formats/heif/repack.js'
export type { Span } from '../input/bytes.js'
export { type PngChunk, pngChunks } from './png-chunks.js'
export { openWebp, u24le, type WebpChunk, webpChunks, writeChunk, writeWebp } from './riff.js'
