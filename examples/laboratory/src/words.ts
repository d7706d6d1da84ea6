import { uprightSize } from '@sluice/core'
import type { Inspected } from '@sluice/core/inspect'

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

/** `1,234.5` */
export function sayCount(value: number): string {
  return number.format(value)
}

/** In thousands as on a disk: `2.7 MB`, `206 kB`, `69 bytes`. */
export function sayBytes(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1\u00a0byte' : `${bytes}\u00a0bytes`
  const [size, unit] = bytes < 999_500 ? [bytes / 1000, 'kB'] : [bytes / 1e6, 'MB']
  return `${size < 10 ? size.toFixed(1).replace(/\.0$/, '') : Math.round(size)}\u00a0${unit}`
}

export function sayMib(bytes: number): string {
  const mebibytes = bytes / 2 ** 20
  return `${mebibytes < 10 ? mebibytes.toFixed(1) : Math.round(mebibytes)}\u00a0MiB`
}

export function sayMs(ms: number): string {
  if (ms >= 1000) return `${sayCount(ms / 1000)}\u00a0s`
  return ms < 10 ? `${ms.toFixed(1)}\u00a0ms` : `${Math.round(ms)}\u00a0ms`
}

/** Fuel, about a turn of a loop each: `12.2 M`. */
export function sayFuel(fuel: number): string {
  if (fuel >= 1e6) return `${sayCount(fuel / 1e6)}\u00a0M`
  return fuel >= 1000 ? `${Math.round(fuel / 1000)}\u00a0k` : String(fuel)
}

/** `12.2 megapixels`, `4 frames of 120 x 90` */
export function sayPixels({ header }: Inspected): string {
  if (!header) return 'no header'
  const { width, height } = uprightSize(header)
  const pixels = width * height
  if (header.frames > 1) return `${sayCount(header.frames)} frames of ${width} x ${height}`
  return pixels >= 1e5 ? `${sayCount(pixels / 1e6)} megapixels` : `${width} x ${height}`
}

/** Degrees as numbers: a map would tell somebody else where it was. */
export function sayPlace({
  latitude,
  longitude,
}: {
  readonly latitude: number
  readonly longitude: number
}): string {
  return `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`
}

const turns: Readonly<Record<number, string>> = {
  1: 'stored upright',
  2: 'stored mirrored',
  3: 'stored upside down',
  4: 'stored upside down and mirrored',
  5: 'stored on its side and mirrored',
  6: 'stored on its left side',
  7: 'stored on its side and mirrored',
  8: 'stored on its right side',
}

export function sayTurn(orientation: number): string {
  return turns[orientation] ?? `orientation ${orientation}`
}

export function shortHash(hash: string): string {
  return `${hash.slice(0, 8)}…${hash.slice(-8)}`
}
