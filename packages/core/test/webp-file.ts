import { bytesOf, le } from './bytes-of.js'

export function chunk(type: string, ...body: (number | string | Uint8Array)[]): Uint8Array {
  const bytes = bytesOf(...body)
  return bytesOf(type, le(bytes.length, 4), bytes, new Uint8Array(bytes.length % 2))
}

/** The header of a VP8 key frame, with too little behind it to be decoded. */
export function vp8(width = 6, height = 4, tag = 0x10 | (1 << 5)): Uint8Array {
  return chunk('VP8 ', le(tag, 3), '\x9d\x01\x2a', le(width, 2), le(height, 2), 'data')
}

export function vp8l(width = 6, height = 4, alpha = false): Uint8Array {
  return chunk('VP8L', 0x2f, le(width - 1 + (height - 1) * 2 ** 14 + (alpha ? 2 ** 28 : 0), 4), 'data')
}

export function vp8x(width = 6, height = 4, flags = 0): Uint8Array {
  return chunk('VP8X', flags, 0, 0, 0, le(width - 1, 3), le(height - 1, 3))
}

export const anim = (plays = 0) => chunk('ANIM', 0, 0, 0, 0, le(plays, 2))

interface FrameFields {
  readonly x?: number
  readonly y?: number
  readonly width?: number
  readonly height?: number
  readonly durationMs?: number
  readonly chunks?: readonly Uint8Array[]
}

export function anmf({
  x = 0,
  y = 0,
  width = 6,
  height = 4,
  durationMs = 100,
  chunks,
}: FrameFields = {}): Uint8Array {
  const numbers = [x / 2, y / 2, width - 1, height - 1, durationMs].map(number => le(number, 3))
  return chunk('ANMF', ...numbers, 0, ...(chunks ?? [vp8(width, height)]))
}

export function webpFile(...chunks: readonly Uint8Array[]): Uint8Array {
  const body = bytesOf('WEBP', ...chunks)
  return bytesOf('RIFF', le(body.length, 4), body)
}
