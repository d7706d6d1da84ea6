import { bytesOf, le } from './bytes-of.js'

interface GifFields {
  readonly width?: number
  readonly height?: number
  readonly blocks?: readonly Uint8Array[]
  readonly end?: Uint8Array
}

export function subBlocks(...blocks: (string | Uint8Array)[]): Uint8Array {
  return bytesOf(...blocks.flatMap(block => [block.length, block]), 0)
}

interface FrameFields {
  readonly x?: number
  readonly y?: number
  readonly width?: number
  readonly height?: number
  readonly packed?: number
  readonly codeSize?: number
  readonly data?: Uint8Array
}

export function frame({
  x = 0,
  y = 0,
  width = 4,
  height = 2,
  packed = 0,
  codeSize = 2,
  data = subBlocks('\x84\x0a'),
}: FrameFields = {}): Uint8Array {
  const table = new Uint8Array(packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0)
  return bytesOf(0x2c, le(x, 2), le(y, 2), le(width, 2), le(height, 2), packed, table, codeSize, data)
}

/** @param delay in hundredths of a second */
export function control(delay: number, transparent = false): Uint8Array {
  return bytesOf(0x21, 0xf9, subBlocks(bytesOf(transparent ? 1 : 0, le(delay, 2), 0)))
}

export function application(name: string, ...blocks: (string | Uint8Array)[]): Uint8Array {
  return bytesOf(0x21, 0xff, subBlocks(name, ...blocks))
}

export const looping = (loops: number) => application('NETSCAPE2.0', bytesOf(1, le(loops, 2)))
export const comment = (text: string) => bytesOf(0x21, 0xfe, subBlocks(text))

/** A GIF with a global table of two colours. */
export function gifFile({
  width = 4,
  height = 2,
  blocks = [frame()],
  end = bytesOf(0x3b),
}: GifFields = {}): Uint8Array {
  return bytesOf('GIF89a', le(width, 2), le(height, 2), 0x80, 0, 0, new Uint8Array(6), ...blocks, end)
}
