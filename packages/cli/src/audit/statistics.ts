import type { Facts } from './inspect-file.js'

/** Longest lists of single files, for the biggest and the oddest. */
const listed = 10

/** A file and the number that it is listed for. */
export interface Listed {
  readonly key: string
  readonly amount: number
}

interface Sum {
  files: number
  bytes: number
  pixels: number
}

/** What an audit counts: of constant size, and plain enough for JSON, so that a look that was cut off goes on with it. */
export interface Statistics {
  files: number
  bytes: number
  /** By powers of two: how many files have from 2^n bytes on, and less than 2^(n+1). */
  readonly sizes: Record<string, number>
  /** The same of pixels. */
  readonly pixels: Record<string, number>
  readonly formats: Record<string, Sum>
  /** Main images by `YYYYMM`. */
  readonly months: Record<string, Sum>
  /** By name; `main` is one of them. */
  readonly variants: Record<string, Sum>
  /** By the role of who uploaded, where there are records. */
  readonly roles: Record<string, Sum>
  readonly biggest: Listed[]
  /** Most bytes for a pixel: pictures that compress badly, or are none. */
  readonly densest: Listed[]
  /** Longest side by shortest. */
  readonly narrowest: Listed[]
  readonly mostFrames: Listed[]
}

export function startStatistics(): Statistics {
  return {
    files: 0,
    bytes: 0,
    sizes: {},
    pixels: {},
    formats: {},
    months: {},
    variants: {},
    roles: {},
    biggest: [],
    densest: [],
    narrowest: [],
    mostFrames: [],
  }
}

/** Most roles and variants that are counted apart: names that an operator has made, or somebody else. */
const mostNames = 100

export function count(statistics: Statistics, { key, variant, bytes, image }: Facts, role?: string): void {
  const pixels = image === undefined ? 0 : image.width * image.height
  statistics.files++
  statistics.bytes += bytes
  increment(statistics.sizes, bytes)
  add(statistics.variants, variant, bytes, pixels)
  list(statistics.biggest, key, bytes)
  if (variant === 'main') add(statistics.months, key.slice(0, 6), bytes, pixels)
  if (variant === 'main' && role !== undefined) add(statistics.roles, role, bytes, pixels)
  if (image === undefined) return
  const { format, width, height, frames } = image
  increment(statistics.pixels, pixels)
  add(statistics.formats, frames > 1 ? `${format}, animated` : format, bytes, pixels)
  list(statistics.densest, key, bytes / (pixels * frames))
  list(statistics.narrowest, key, Math.max(width, height) / Math.min(width, height))
  if (frames > 1) list(statistics.mostFrames, key, frames)
}

function increment(histogram: Record<string, number>, value: number): void {
  const power = String(Math.floor(Math.log2(Math.max(1, value))))
  histogram[power] = (histogram[power] ?? 0) + 1
}

function add(sums: Record<string, Sum>, name: string, bytes: number, pixels: number): void {
  const known = Object.hasOwn(sums, name) || Object.keys(sums).length < mostNames ? name : 'others'
  sums[known] ??= { files: 0, bytes: 0, pixels: 0 }
  const sum = sums[known]
  sum.files++
  sum.bytes += bytes
  sum.pixels += pixels
}

/** Keeps the largest in order. */
function list(most: Listed[], key: string, amount: number): void {
  const last = most.at(-1)
  if (most.length >= listed && last !== undefined && amount <= last.amount) return
  const at = most.findIndex(each => each.amount < amount)
  most.splice(at < 0 ? most.length : at, 0, { key, amount })
  if (most.length > listed) most.pop()
}
