import { corrupt } from '../errors/refusals.js'
import { type ByteReader, concatBytes } from '../input/bytes.js'

export interface WebpChunk {
  /** Four characters, `VP8 ` and `XMP ` with their space. */
  readonly type: string
  readonly body: ByteReader
}

/**
 * The RIFF container of a WebP (RFC 9649, 2.4) as a part of its own; what follows it in the file is no part
 * of the image.
 */
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

/**
 * The chunks of a container, or of an ANMF frame behind its fields. A last chunk may lack its padding byte.
 */
export function* webpChunks(container: ByteReader): Generator<WebpChunk> {
  while (container.left > 0) {
    const type = container.fourcc()
    const length = container.u32le()
    const body = container.take(length)
    container.skip(Math.min(length % 2, container.left))
    yield { type, body }
  }
}

/** A chunk of a payload in one or more pieces, padded to an even length. */
export function writeChunk(type: string, ...payload: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = lengthOf(payload)
  const head = [...ascii(type), ...u32le(length)]
  return concatBytes([Uint8Array.from(head), ...payload, new Uint8Array(length % 2)])
}

/** A WebP of finished chunks. */
export function writeWebp(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const head = [...ascii('RIFF'), ...u32le(4 + lengthOf(chunks)), ...ascii('WEBP')]
  return concatBytes([Uint8Array.from(head), ...chunks])
}

/** The three bytes of a number below 2^24, as the fields of VP8X and ANMF have them. */
export function u24le(value: number): readonly number[] {
  return [value & 255, (value >> 8) & 255, (value >> 16) & 255]
}

function u32le(value: number): readonly number[] {
  return [...u24le(value), value >>> 24]
}

function ascii(text: string): readonly number[] {
  return Array.from(text, character => character.charCodeAt(0))
}

function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((length, part) => length + part.length, 0)
}
