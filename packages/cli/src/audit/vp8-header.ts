import type { ByteReader } from '@sluice/core/bytes'

/** What the header of a VP8 key frame (RFC 6386, sections 9.1 to 9.5) says of the choices of its encoder. */
export interface Vp8Choices {
  /** 0 to 3; others than 0 have simpler filters. */
  readonly version: number
  readonly scaled: boolean
  readonly colourSpace: number
  readonly clampsNot: boolean
  /** Undefined where the frame has no segments. */
  readonly segments: { readonly absolute: boolean; readonly stated: number } | undefined
  readonly simpleFilter: boolean
  readonly sharpness: number
  readonly filterByMode: boolean
  readonly partitions: number
}

/** @param frame the payload of a `VP8 ` chunk, whose size was checked by `verifyOutput` */
export function readVp8Choices(frame: ByteReader): Vp8Choices {
  const version = (frame.u24le() >> 1) & 7
  frame.skip(3)
  const scaled = ((frame.u16le() | frame.u16le()) & 0xc000) !== 0
  const bits = new BoolReader(frame)
  const colourSpace = bits.literal(1)
  const clampsNot = bits.literal(1) === 1
  const segments = bits.literal(1) === 1 ? readSegments(bits) : undefined
  const simpleFilter = bits.literal(1) === 1
  bits.literal(6) // The level.
  const sharpness = bits.literal(3)
  const filterByMode = bits.literal(1) === 1
  // What its deltas are tells nothing more, but they stand before the partitions.
  if (filterByMode && bits.literal(1) === 1) for (let delta = 0; delta < 8; delta++) optional(bits, 6)
  const partitions = 1 << bits.literal(2)
  return {
    version,
    scaled,
    colourSpace,
    clampsNot,
    segments,
    simpleFilter,
    sharpness,
    filterByMode,
    partitions,
  }
}

/** Section 9.3. @returns how many of the eight quantisers and filter levels are stated, zeros too */
function readSegments(bits: BoolReader): NonNullable<Vp8Choices['segments']> {
  const map = bits.literal(1) === 1
  let absolute = false
  let stated = 0
  if (bits.literal(1) === 1) {
    absolute = bits.literal(1) === 1
    for (let segment = 0; segment < 4; segment++) stated += optional(bits, 7)
    for (let segment = 0; segment < 4; segment++) stated += optional(bits, 6)
  }
  if (map)
    for (let probability = 0; probability < 3; probability++) if (bits.literal(1) === 1) bits.literal(8)
  return { absolute, stated }
}

/** A flag, and a magnitude with a sign behind it if it is set. */
function optional(bits: BoolReader, length: number): number {
  const stated = bits.literal(1)
  if (stated === 1) bits.literal(length + 1)
  return stated
}

/** The boolean entropy decoder (section 7.3), for bits of even odds alone. */
class BoolReader {
  readonly #bytes: ByteReader
  #value: number
  #range = 255
  #shifted = 0

  constructor(bytes: ByteReader) {
    this.#bytes = bytes
    this.#value = bytes.u16()
  }

  literal(length: number): number {
    let value = 0
    for (let bit = 0; bit < length; bit++) value = value * 2 + this.#bit()
    return value
  }

  #bit(): number {
    const split = 1 + ((this.#range - 1) >> 1)
    const bit = this.#value >= split << 8 ? 1 : 0
    if (bit === 1) this.#value -= split << 8
    this.#range = bit === 1 ? this.#range - split : split
    while (this.#range < 128) {
      this.#value <<= 1
      this.#range <<= 1
      this.#shifted++
      if (this.#shifted % 8 === 0) this.#value |= this.#bytes.left > 0 ? this.#bytes.u8() : 0
    }
    return bit
  }
}
