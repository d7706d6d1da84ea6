import { corrupt } from '../errors/refusals.js'
import { type ByteReader, concatBytes } from '../input/bytes.js'

export interface Box {
  readonly type: string
  readonly body: ByteReader
}

/**
 * The boxes of an ISO base media file (ISO/IEC 14496-12, 4.2), or of one that holds others. A size of 0
 * reaches to the end of what holds it; every step takes at least the eight bytes of a box header.
 */
export function* boxes(container: ByteReader): Generator<Box> {
  while (container.left >= 8) {
    const available = container.left
    let size = container.u32()
    const type = container.fourcc()
    if (size === 1) size = container.u32() * 2 ** 32 + container.u32()
    if (size === 0) size = available
    const header = available - container.left
    if (size < header) throw corrupt(`box ${type} of ${size} bytes`)
    yield { type, body: container.take(size - header) }
  }
}

/** The version of a full box, and the lowest eight of its flags. */
export function readVersion(body: ByteReader): { readonly version: number; readonly flags: number } {
  const version = body.u8()
  body.skip(2)
  return { version, flags: body.u8() }
}

/** A box of finished parts, below 4 GiB. */
export function writeBox(type: string, ...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const body = parts.map(part => Uint8Array.from(part))
  const length = body.reduce((sum, part) => sum + part.length, 8)
  return concatBytes([Uint8Array.from([...u32(length), ...fourcc(type)]), ...body])
}

/** The bytes of numbers and codes as boxes hold them, big-endian. */
export function u16(value: number): readonly number[] {
  return [(value >> 8) & 255, value & 255]
}
export function u32(value: number): readonly number[] {
  return [value >>> 24, (value >>> 16) & 255, ...u16(value)]
}
export function fourcc(type: string): readonly number[] {
  return Array.from(type, character => character.charCodeAt(0))
}
