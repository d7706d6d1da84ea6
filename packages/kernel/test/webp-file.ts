// WebP files for tests, put together chunk by chunk and bit by bit.

const le = (value: number, bytes: number) =>
  Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) & 255)
const text = (s: string) => [...Buffer.from(s, 'latin1')]

/** RFC 9649, 2.3. */
export function chunk(type: string, data: readonly number[]): number[] {
  return [...text(type), ...le(data.length, 4), ...data, ...(data.length % 2 ? [0] : [])]
}

/** RFC 9649, 2.4. */
export function webpFile(...chunks: readonly number[][]): Uint8Array {
  const body = chunks.flat()
  return Uint8Array.from([...text('RIFF'), ...le(body.length + 4, 4), ...text('WEBP'), ...body])
}

/** RFC 9649, 2.7. */
export function vp8x(width: number, height: number, { animated = false, alpha = false } = {}): number[] {
  const flags = (animated ? 0x02 : 0) | (alpha ? 0x10 : 0)
  return chunk('VP8X', [flags, 0, 0, 0, ...le(width - 1, 3), ...le(height - 1, 3)])
}

/** RFC 9649, 2.7.1.1: how often; 0 for ever. */
export function anim(plays: number): number[] {
  return chunk('ANIM', [255, 255, 255, 255, ...le(plays, 2)])
}

export interface FrameFields {
  readonly x?: number
  readonly y?: number
  readonly width: number
  readonly height: number
  readonly delay?: number
  readonly blend?: boolean
  readonly dispose?: boolean
}

/** RFC 9649, 2.7.1.1. */
export function anmf(frame: FrameFields, ...picture: readonly number[][]): number[] {
  const { x = 0, y = 0, width, height, delay = 0, blend = true, dispose = false } = frame
  const flags = (blend ? 0 : 2) | (dispose ? 1 : 0)
  const fields = [x / 2, y / 2, width - 1, height - 1, delay].flatMap(v => le(v, 3))
  return chunk('ANMF', [...fields, flags, ...picture.flat()])
}

/** Fields from the lowest bit of each byte on (RFC 9649, 3.2), each a value and its number of bits. */
export type Fields = readonly (readonly [value: number, bits: number])[]

export function pack(fields: Fields): number[] {
  const bits = fields.flatMap(([value, n]) => Array.from({ length: n }, (_, i) => (value >>> i) & 1))
  return Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) =>
    bits.slice(i * 8, i * 8 + 8).reduce((byte, bit, k) => byte | (bit << k), 0),
  )
}

/** A prefix code of one symbol, which takes no bits (RFC 9649, 3.7.2.1.1), or of two, of one bit each. */
export function simpleCode(first: number, second?: number): Fields {
  const two = second === undefined ? [] : ([[second, 8]] as const)
  return [[1, 1], [two.length, 1], [1, 1], [first, 8], ...two]
}

/** Five codes of one symbol: every pixel is the same. */
export function solidGroup([red = 0, green = 0, blue = 0, alpha = 255]: readonly number[]): Fields {
  return [green, red, blue, alpha, 0].flatMap(symbol => simpleCode(symbol))
}

/** RFC 9649, 3.4, and the stream behind it. */
export function vp8l(width: number, height: number, stream: Fields, alpha = true): number[] {
  const header: Fields = [
    [0x2f, 8],
    [width - 1, 14],
    [height - 1, 14],
    [alpha ? 1 : 0, 1],
    [0, 3],
  ]
  return chunk('VP8L', pack([...header, ...stream]))
}

/** No transforms, no colour cache, no tiles. */
export const plain: Fields = [
  [0, 1],
  [0, 1],
  [0, 1],
]

export function solid(width: number, height: number, colour: readonly number[]): number[] {
  return vp8l(width, height, [...plain, ...solidGroup(colour)])
}
