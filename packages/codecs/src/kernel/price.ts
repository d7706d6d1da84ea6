import type { Header } from '@sluice/core'
import type { Size } from '../codec.js'

const START = 1e6

/** Fuel that a JPEG takes at most. */
export function jpegPrice({ width, height, scans }: Header, bytes: number): number {
  return START + 3 * width * height * scans + 20 * bytes
}

/** Fuel that resizing takes at most. */
export function resizePrice(from: Size, to: Size): number {
  return START + 3 * from.width * from.height + 20 * to.width * to.height
}
