import type { Source } from '../codec.js'

/** Fuel that decoding takes: set up, for each pixel (for each scan of it in a JPEG), for each byte. */
interface Price {
  readonly start: number
  readonly pixel: number
  readonly byte: number
}

const prices = {
  jpeg: { start: 1e6, pixel: 60, byte: 200 },
  png: { start: 1e6, pixel: 60, byte: 200 },
  webp: { start: 1e6, pixel: 60, byte: 200 },
} as const satisfies Record<string, Price>

export function priceOf(format: keyof typeof prices, { header, bytes }: Source): number {
  const { start, pixel, byte } = prices[format]
  return start + pixel * header.width * header.height * header.scans + byte * bytes.length
}
