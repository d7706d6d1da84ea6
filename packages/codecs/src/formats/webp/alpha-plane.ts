import { ByteReader } from '@sluice/core/bytes'
import { openWebp, webpChunks, writeChunk, writeWebp } from '@sluice/core/containers'

/** Preprocessing and filter none, method lossless (RFC 9649, 2.7.1.2). */
const losslessMethod = 1
/**
 * Signature, 14 bits each of width and height, 1 of alpha, 3 of version: the header that ALPH goes without.
 */
const vp8lHeaderBytes = 5

/**
 * An opaque picture whose green is the alpha of this one: what a lossless encoder is given to code an alpha
 * plane.
 */
export function alphaAsGreen(rgba: Uint8Array): Uint8Array {
  const green = new Uint8Array(rgba.length)
  for (let i = 3; i < rgba.length; i += 4) {
    green[i - 2] = rgba[i] ?? 0
    green[i] = 255
  }
  return green
}

/** Bytes of the alpha plane in a lossy WebP of ours, 0 where all is opaque. */
export function alphaBytes(file: Uint8Array): number {
  return payloadOf(file, 'ALPH')?.length ?? 0
}

/**
 * A lossy WebP of ours with its alpha plane from a lossless WebP of `alphaAsGreen`, of the same size, where
 * that is smaller. Other lossless encoders look longer for fewer bytes than that of `@sluice/encoder`.
 */
export function withSmallerAlpha(file: Uint8Array, lossless: Uint8Array): Uint8Array {
  const image = payloadOf(lossless, 'VP8L')?.subarray(vp8lHeaderBytes)
  if (!image || image.length + 1 >= alphaBytes(file)) return file
  const alpha = writeChunk('ALPH', Uint8Array.of(losslessMethod), image)
  const chunks = Array.from(chunksOf(file), ({ type, body }) =>
    type === 'ALPH' ? alpha : writeChunk(type, body.bytes(body.length)),
  )
  return writeWebp(chunks)
}

function payloadOf(file: Uint8Array, wanted: string): Uint8Array | undefined {
  for (const { type, body } of chunksOf(file)) if (type === wanted) return body.bytes(body.length)
  return undefined
}

function chunksOf(file: Uint8Array) {
  return webpChunks(openWebp(new ByteReader(file)))
}
