import type { Source } from '../codec.js'
import type { Price } from '../limits.js'

/** Fuel: to start, for each pixel (of each scan), for each byte of the file; and for each millisecond of `timeMs`. */
interface Rates {
  readonly start: number
  readonly pixel: number
  readonly byte: number
  readonly perMs: number
}

// Above what any of 840 honest files took; headroom comes on top.
const prices = {
  jpeg: { start: 2e6, pixel: 300, byte: 700, perMs: 100_000 },
  png: { start: 1e7, pixel: 1100, byte: 400, perMs: 200_000 },
  webp: { start: 4e6, pixel: 1500, byte: 1600, perMs: 50_000 },
} as const satisfies Record<string, Rates>

/** What decoding takes at most. */
export function priceOf(format: keyof typeof prices, { header, bytes }: Source): Price {
  const { start, pixel, byte, perMs } = prices[format]
  const fuel = start + pixel * header.width * header.height * header.scans + byte * bytes.length
  return { fuel, perMs }
}
