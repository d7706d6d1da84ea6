import { ByteReader } from '@sluice/core/bytes'

export interface Chunk {
  readonly type: string
  readonly body: ByteReader
}

/** The chunks of a WebP file (RFC 9649, 2.3), or of a frame in one. */
export function* webpChunks(reader: ByteReader): Generator<Chunk, void> {
  while (reader.left >= 8) {
    const type = reader.text(4)
    const length = reader.u32le()
    yield { type, body: reader.take(length) }
    reader.skip(Math.min(length % 2, reader.left))
  }
}

export function openWebp(bytes: Uint8Array): ByteReader {
  const reader = new ByteReader(bytes)
  reader.skip(12)
  return reader
}

/** A file of parts: numbers are bytes. Chunks are padded to an even length. */
export function riff(parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const file = new Uint8Array(12 + length)
  const view = new DataView(file.buffer)
  file.set(ascii('RIFF'))
  view.setUint32(4, 4 + length, true)
  file.set(ascii('WEBP'), 8)
  let at = 12
  for (const part of parts) {
    file.set(part, at)
    at += part.length
  }
  return file
}

export function chunk(type: string, ...bodies: readonly Uint8Array[]): Uint8Array {
  const length = bodies.reduce((sum, body) => sum + body.length, 0)
  const out = new Uint8Array(8 + length + (length % 2))
  out.set(ascii(type))
  new DataView(out.buffer).setUint32(4, length, true)
  let at = 8
  for (const body of bodies) {
    out.set(body, at)
    at += body.length
  }
  return out
}

export const u24 = (value: number) => [value & 255, (value >> 8) & 255, (value >> 16) & 255]
const ascii = (text: string) => Uint8Array.from(text, character => character.charCodeAt(0))
