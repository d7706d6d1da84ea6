import { corrupt } from '../errors/refusals.js'
import type { ByteReader } from '../input/bytes.js'

export interface WebpChunk {
  /** Four characters, `VP8 ` and `XMP ` with their space. */
  readonly type: string
  readonly body: ByteReader
}

/** The RIFF container of a WebP (RFC 9649, 2.4) as a part of its own; what follows it in the file is no part of the image. */
export function openWebp(file: ByteReader): ByteReader {
  if (!file.has('RIFF') || !file.has('WEBP', 8)) throw corrupt('no WebP signature')
  file.skip(4)
  const size = file.u32le()
  const riff = file.take(size)
  // A size that is odd, against the standard, has its padding byte outside.
  file.skip(Math.min(size % 2, file.left))
  riff.skip(4)
  return riff
}

/** The chunks of a container, or of an ANMF frame behind its fields. A last chunk may lack its padding byte. */
export function* webpChunks(container: ByteReader): Generator<WebpChunk> {
  while (container.left > 0) {
    const type = container.fourcc()
    const length = container.u32le()
    const body = container.take(length)
    container.skip(Math.min(length % 2, container.left))
    yield { type, body }
  }
}
