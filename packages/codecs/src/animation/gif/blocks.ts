import type { Rectangle } from '@sluice/core'
import type { Size } from '../../codec.js'
import { compressLzw } from './lzw.js'

/** At most 256 colours, `0xrrggbb`. */
export type Palette = readonly number[]

export interface IndexedFrame extends Rectangle {
  readonly indices: Uint8Array
  readonly palette: Palette
  /** The index that shows what is below. */
  readonly transparent: number | undefined
  /** In units of 10 milliseconds. */
  readonly delay: number
  /** Its rectangle becomes transparent after it was shown. */
  readonly dispose: boolean
}

const u16 = (value: number) => [value & 255, value >> 8]

/**
 * What stands before the frames (GIF89a, 17 to 19), with no palette for all of them.
 * @param plays 0 for ever; 1 needs no extension
 */
export function gifStart({ width, height }: Size, plays: number): Uint8Array {
  const loops = plays === 0 ? 0 : Math.min(plays - 1, 65_535)
  const looping = [0x21, 0xff, 11, ...ascii('NETSCAPE2.0'), 3, 1, ...u16(loops), 0]
  return Uint8Array.from([
    ...ascii('GIF89a'),
    ...u16(width),
    ...u16(height),
    ...[0x70, 0, 0],
    ...(plays === 1 ? [] : looping),
  ])
}

export const gifEnd = Uint8Array.of(0x3b)

/** Graphic control, image descriptor, palette and data of one frame (GIF89a, 20 to 23). */
export function gifFrame(frame: IndexedFrame): Uint8Array[] {
  const bits = Math.max(1, Math.ceil(Math.log2(frame.palette.length)))
  const table = Array.from({ length: 1 << bits }, (_, index) => frame.palette[index] ?? 0)
  const disposal = frame.dispose ? 2 : 1
  const control = (disposal << 2) | (frame.transparent === undefined ? 0 : 1)
  const head = Uint8Array.from([
    ...[0x21, 0xf9, 4, control, ...u16(Math.min(frame.delay, 65_535)), frame.transparent ?? 0, 0],
    ...[0x2c, ...u16(frame.x), ...u16(frame.y), ...u16(frame.width), ...u16(frame.height), 0x80 | (bits - 1)],
    ...table.flatMap(colour => [colour >> 16, (colour >> 8) & 255, colour & 255]),
    Math.max(bits, 2),
  ])
  return [head, subBlocks(compressLzw(frame.indices, bits))]
}

/** Data in pieces of at most 255 bytes, each with its length before it, and an empty one at the end. */
function subBlocks(data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length + Math.ceil(data.length / 255) + 1)
  let to = 0
  for (let from = 0; from < data.length; from += 255) {
    const piece = data.subarray(from, from + 255)
    out[to] = piece.length
    out.set(piece, to + 1)
    to += 1 + piece.length
  }
  return out
}

const ascii = (text: string) => Array.from(text, character => character.charCodeAt(0))
