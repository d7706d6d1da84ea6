import type { Renderer } from '@sluice/core'

/**
 * Draws nothing: a right WebP of the planned size in one colour, so that tests of the endpoint need no codec.
 */
export const toyRenderer: Renderer = {
  name: 'toy',
  codecVersion: 'toy-1',
  reads: ['jpeg', 'png', 'gif', 'webp'],
  writes: ['webp'],
  async render(_source, { outputs }) {
    return {
      renditions: outputs.map(({ name, width, height }) => ({
        name,
        format: 'webp',
        bytes: plainWebp(width, height),
        width,
        height,
        frames: 1,
      })),
    }
  },
}

/** VP8L (RFC 9649, 3): every prefix code has one symbol, so that the pixels take no bits at all. */
function plainWebp(width: number, height: number): Uint8Array {
  const bits = [number(width - 1, 14), number(height - 1, 14), '0', '000', '000']
  for (const symbol of [200, 100, 50, 255]) bits.push('101', number(symbol, 8))
  bits.push('1000')
  const text = bits.join('')
  const data = Array.from({ length: Math.ceil(text.length / 8) }, (_, index) =>
    Number.parseInt([...text.slice(index * 8, index * 8 + 8).padEnd(8, '0')].reverse().join(''), 2),
  )
  const payload = [0x2f, ...data]
  const padded = payload.length % 2 === 0 ? payload : [...payload, 0]
  const ascii = (chunk: string) => Array.from(chunk, character => character.charCodeAt(0))
  const size = (value: number) => [value & 255, value >> 8, 0, 0]
  return new Uint8Array([
    ...ascii('RIFF'),
    ...size(12 + padded.length),
    ...ascii('WEBPVP8L'),
    ...size(payload.length),
    ...padded,
  ])
}

/** Least significant bit first. */
function number(value: number, bits: number): string {
  return [...value.toString(2).padStart(bits, '0')].reverse().join('')
}
