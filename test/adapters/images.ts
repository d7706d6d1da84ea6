import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pngChunk } from '@sluice/testkit/images/png'

export { pngImage } from '../../packages/adapters/test/images.js'

export function fixture(file: string): Uint8Array {
  return new Uint8Array(readFileSync(fileURLToPath(new URL(`../../fixtures/files/${file}`, import.meta.url))))
}

/**
 * A GIF of so many frames, each of one block with next to nothing in it: enough for everything before the
 * decoder.
 */
export function gifImage(side: number, frames: number): Uint8Array {
  const size = [side, 0, side, 0]
  const frame = [0x2c, 0, 0, 0, 0, ...size, 0, 2, 2, 0x44, 0x01, 0]
  const screen = [...Buffer.from('GIF89a'), ...size, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]
  return new Uint8Array([...screen, ...Array.from({ length: frames }, () => frame).flat(), 0x3b])
}

/** A PNG with a chunk of so many bytes before its end: EXIF, which is parsed, or text, which is not. */
export function withChunk(png: Uint8Array, type: 'eXIf' | 'tEXt', length: number): Uint8Array {
  const end = png.length - 12
  const chunk = pngChunk(type, new Uint8Array(length).fill(0x78))
  return new Uint8Array(Buffer.concat([png.subarray(0, end), chunk, png.subarray(end)]))
}

/** A PNG filled up to so many bytes by a text chunk. */
export function ofLength(png: Uint8Array, length: number): Uint8Array {
  return withChunk(png, 'tEXt', length - png.length - 12)
}

/** The frame header of a lossless JPEG (T.81, process 14), which nothing here decodes. */
export const losslessJpeg = new Uint8Array([
  ...[0xff, 0xd8, 0xff, 0xc3, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0],
  ...[0xff, 0xda, 0, 8, 1, 1, 0, 1, 0, 0, 0, 0xff, 0xd9],
])
