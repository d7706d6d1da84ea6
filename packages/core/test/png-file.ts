import { pngChunk, pngSignature } from '@sluice/testkit/images/png'
import { be, bytesOf } from './bytes-of.js'

interface PngFields {
  readonly width?: number
  readonly height?: number
  readonly depth?: number
  readonly colourType?: number
  readonly interlace?: number
  /** Chunks between IHDR and the image data. */
  readonly before?: readonly Uint8Array[]
  readonly data?: readonly Uint8Array[]
  readonly after?: readonly Uint8Array[]
  readonly end?: Uint8Array
}

export function chunk(type: string, ...body: (number | string | Uint8Array)[]): Uint8Array {
  return pngChunk(type, bytesOf(...body))
}

/** The same chunk with a checksum that is not its own. */
export function damaged(chunk: Uint8Array): Uint8Array {
  return Uint8Array.from(chunk, (byte, index) => (index === chunk.length - 1 ? byte ^ 1 : byte))
}

export function pngFile({
  width = 5,
  height = 3,
  depth = 8,
  colourType = 2,
  interlace = 0,
  before = [],
  data = [chunk('IDAT', 'zlib')],
  after = [],
  end = chunk('IEND'),
}: PngFields = {}): Uint8Array {
  const ihdr = chunk('IHDR', be(width, 4), be(height, 4), depth, colourType, 0, 0, interlace)
  return bytesOf(pngSignature, ihdr, ...before, ...data, ...after, end)
}

export const actl = (frames: number, plays = 0) => chunk('acTL', be(frames, 4), be(plays, 4))

interface FrameFields {
  readonly width?: number
  readonly height?: number
  readonly x?: number
  readonly y?: number
  readonly delay?: readonly [number, number]
}

export function fctl(
  sequence: number,
  { width = 5, height = 3, x = 0, y = 0, delay = [1, 10] }: FrameFields = {},
): Uint8Array {
  const numbers = [sequence, width, height, x, y].map(number => be(number, 4))
  return chunk('fcTL', ...numbers, be(delay[0], 2), be(delay[1], 2), 0, 0)
}

export const fdat = (sequence: number) => chunk('fdAT', be(sequence, 4), 'zlib')
