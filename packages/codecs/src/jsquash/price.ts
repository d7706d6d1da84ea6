import type { Source } from '../codec.js'

/** Fuel: to start, for each pixel (of each scan), for each byte of the file. */
interface Price {
  readonly start: number
  readonly pixel: number
  readonly byte: number
}

// Above what any of 840 honest files took; headroom comes on top.
const prices = {
  jpeg: { start: 2e6, pixel: 300, byte: 700 },
  png: { start: 1e7, pixel: 1100, byte: 400 },
  webp: { start: 4e6, pixel: 1500, byte: 1600 },
} as const satisfies Record<string, Price>

/** What decoding takes at most. */
export function priceOf(format: keyof typeof prices, { header, bytes }: Source): number {
  const { start, pixel, byte } = prices[format]
  return start + pixel * header.width * header.height * header.scans + byte * bytes.length
}
