import { corrupt } from '../errors/refusals.js'
import type { ByteReader } from '../input/bytes.js'

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
