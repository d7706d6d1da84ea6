import type { Rectangle } from '@sluice/core'
import type { Size } from '../../codec.js'

export interface FrameImage {
  /** A place in the palette for each pixel, compressed with `indexBits` of its size. */
  readonly data: Uint8Array
  /** The frame's own palette; the common one where undefined. */
  readonly colours: readonly number[] | undefined
  /** How many colours of its palette it may use. */
  readonly size: number
  /** The place that shows what is below. */
  readonly transparent: number | undefined
}

export interface FramePlace extends Rectangle {
  /** In units of 10 milliseconds. */
  readonly delay: number
  /** Its rectangle becomes transparent after it was shown. */
  readonly dispose: boolean
}

const u16 = (value: number) => [value & 255, value >> 8]
/** Bits of an index into a palette of so many colours. */
export const indexBits = (colours: number) => Math.max(1, Math.ceil(Math.log2(colours)))

/** `0xffbbggrr` as bytes, filled up to a power of two. */
const table = (colours: readonly number[], bits: number) =>
  Array.from({ length: 1 << bits }, (_, place) => colours[place] ?? 0).flatMap(colour => [
    colour & 255,
    (colour >> 8) & 255,
    (colour >> 16) & 255,
  ])

/**
 * What stands before the frames (GIF89a, 17 to 19).
 * @param plays 0 for ever; 1 needs no extension
 */
export function gifStart({ width, height }: Size, plays: number, colours: readonly number[]): Uint8Array {
  const bits = indexBits(colours.length)
  const loops = plays === 0 ? 0 : Math.min(plays - 1, 65_535)
  const looping = [0x21, 0xff, 11, ...ascii('NETSCAPE2.0'), 3, 1, ...u16(loops), 0]
  return Uint8Array.from([
    ...ascii('GIF89a'),
    ...u16(width),
    ...u16(height),
    ...[0xf0 | (bits - 1), 0, 0],
    ...table(colours, bits),
    ...(plays === 1 ? [] : looping),
  ])
}

export const gifEnd = Uint8Array.of(0x3b)

/** Graphic control, image descriptor, palette and data of one frame (GIF89a, 20 to 23). */
export function gifFrame(place: FramePlace, image: FrameImage): Uint8Array {
  const { data } = image
  const bits = indexBits(image.size)
  const disposal = place.dispose ? 2 : 1
  const control = (disposal << 2) | (image.transparent === undefined ? 0 : 1)
  const head = [
    ...[0x21, 0xf9, 4, control, ...u16(Math.min(place.delay, 65_535)), image.transparent ?? 0, 0],
    ...[0x2c, ...u16(place.x), ...u16(place.y), ...u16(place.width), ...u16(place.height)],
    ...(image.colours ? [0x80 | (bits - 1), ...table(image.colours, bits)] : [0]),
    Math.max(bits, 2),
  ]
  const out = new Uint8Array(head.length + data.length + Math.ceil(data.length / 255) + 1)
  out.set(head)
  putSubBlocks(out, head.length, data)
  return out
}

/** Data in pieces of at most 255 bytes, each with its length before it, and an empty one at the end. */
function putSubBlocks(out: Uint8Array, start: number, data: Uint8Array): void {
  let to = start
  for (let from = 0; from < data.length; from += 255) {
    const piece = data.subarray(from, from + 255)
    out[to] = piece.length
    out.set(piece, to + 1)
    to += 1 + piece.length
  }
}

const ascii = (text: string) => Array.from(text, character => character.charCodeAt(0))
