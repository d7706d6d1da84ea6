import { type Chunk, riff } from './container.js'

/** An opaque picture whose green is the alpha of this one: what a lossless encoder is given to code an alpha plane. */
export function alphaAsGreen(rgba: Uint8Array | Uint8ClampedArray): Uint8Array {
  const green = new Uint8Array(rgba.length)
  for (let i = 3; i < rgba.length; i += 4) {
    green[i - 2] = rgba[i] ?? 0
    green[i] = 255
  }
  return green
}

const codeOf = (file: Uint8Array, at: number) => String.fromCharCode(...file.subarray(at, at + 4))

/** The chunks of a file that an encoder wrote. */
function chunksOf(file: Uint8Array): Chunk[] {
  const view = new DataView(file.buffer, file.byteOffset, file.length)
  const chunks: Chunk[] = []
  for (let at = 12; at < file.length; ) {
    const bytes = view.getUint32(at + 4, true)
    chunks.push({ code: codeOf(file, at), pieces: [file.subarray(at + 8, at + 8 + bytes)] })
    at += 8 + bytes + (bytes & 1)
  }
  return chunks
}

const payload = (chunks: readonly Chunk[], code: string) => chunks.find(c => c.code === code)?.pieces[0]

/** Bytes of the alpha plane in a file of `encodeLossy`, 0 where all is opaque. */
export const alphaBytes = (file: Uint8Array): number => payload(chunksOf(file), 'ALPH')?.length ?? 0

/** Preprocessing and filter none, method lossless (RFC 9649, section 2.7.1.2). */
const LOSSLESS = 1
/** Signature, 14 bits each of width and height, 1 of alpha, 3 of version: the header that ALPH goes without. */
const VP8L_HEADER = 5

/**
 * A file of `encodeLossy` with its alpha plane from a lossless WebP of `alphaAsGreen`, of the same size, where that is
 * smaller. Other lossless encoders look longer for fewer bytes than this one.
 */
export function withSmallerAlpha(file: Uint8Array, lossless: Uint8Array): Uint8Array {
  const chunks = chunksOf(file)
  const image = payload(chunksOf(lossless), 'VP8L')?.subarray(VP8L_HEADER)
  if (!image || image.length + 1 >= alphaBytes(file)) return file
  const alpha: Chunk = { code: 'ALPH', pieces: [Uint8Array.of(LOSSLESS), image] }
  return riff(chunks.map(chunk => (chunk.code === 'ALPH' ? alpha : chunk)))
}
