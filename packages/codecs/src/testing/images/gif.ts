import type { Picture } from '../../codec.js'
import { ascii, BitWriter, le16 } from './bytes.js'

/** A GIF89a, still or animated, of at most 256 opaque colours, its codes not compressed. All frames have one size. */
export function makeGif(frames: readonly Picture[], delayMs = 100): Uint8Array {
  const [{ width, height } = { width: 1, height: 1 }] = frames
  const palette = [...new Set(frames.flatMap(frame => colours(frame)))]
  const table = Array.from({ length: 256 }, (_, index) => palette[index] ?? 0)
  return Uint8Array.from([
    ...ascii('GIF89a'),
    ...[...le16(width), ...le16(height), 0xf7, 0, 0],
    ...table.flatMap(colour => [colour >>> 16, (colour >>> 8) & 255, colour & 255]),
    ...(frames.length > 1 ? [0x21, 0xff, 11, ...ascii('NETSCAPE2.0'), 3, 1, 0, 0, 0] : []),
    ...frames.flatMap(frame => [
      ...[0x21, 0xf9, 4, 0, ...le16(delayMs / 10), 0, 0],
      ...[0x2c, 0, 0, 0, 0, ...le16(width), ...le16(height), 0, 8],
      ...subBlocks(codes(colours(frame).map(colour => palette.indexOf(colour)))),
    ]),
    0x3b,
  ])
}

function colours({ pixels }: Picture): number[] {
  return Array.from({ length: pixels.length / 4 }, (_, index) => {
    const [r = 0, g = 0, b = 0] = pixels.subarray(4 * index)
    return (r << 16) | (g << 8) | b
  })
}

/** Codes of 9 bits; a clear code often enough that the table never grows to need 10. */
function codes(indices: readonly number[]): number[] {
  const CLEAR = 256
  const END = 257
  const bits = new BitWriter('low')
  indices.forEach((index, place) => {
    if (place % 250 === 0) bits.put(CLEAR, 9)
    bits.put(index, 9)
  })
  bits.put(END, 9)
  return bits.end(0)
}

function subBlocks(bytes: readonly number[]): number[] {
  const out: number[] = []
  for (let at = 0; at < bytes.length; at += 255) {
    const block = bytes.slice(at, at + 255)
    out.push(block.length, ...block)
  }
  return [...out, 0]
}
