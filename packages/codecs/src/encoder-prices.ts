import type { RenderStep } from '@sluice/core'
import type { Price } from './budget.js'
import type { Size } from './codec.js'

// What is done with our own pixels, as prices.ts says for files: the same source, the same test.

/**
 * What `slack` is for fuel. Less, because an honest animation of a few hundred frames must not be refused
 * (decision 043). Measured over whole clips (`frames` of the results, measured / charged milliseconds): the
 * median GIF takes less than half of its charge. Of WebP this is the smaller part: the encoder's fuel comes
 * on top. The median clip takes about what is charged here.
 */
const frameSlack = { webp: 2, gif: 4 }

/**
 * What is done for a frame of an animated WebP beside its encoder, which is metered: in milliseconds.
 * @param pixels of the canvas
 */
export function webpFrameMs(pixels: number): number {
  return frameSlack.webp * (1 + 10e-6 * pixels)
}

/** What was done for a frame of a GIF. */
interface GifFrameWork {
  /** Of the canvas. */
  readonly pixels: number
  /** Of the rectangle that is written, twice where that was compressed in two ways. */
  readonly indices: number
  readonly bytes: number
  /** Pairs of a colour and an entry of the palette that were compared. */
  readonly pairs: number
}

/** A frame of a GIF, in milliseconds. */
export function gifFrameMs({ pixels, indices, bytes, pairs }: GifFrameWork): number {
  return frameSlack.gif * (10e-6 * pixels + 17e-6 * indices + 50e-6 * bytes + 4e-6 * pairs)
}

/*
 * What works on our own pixels. How much that is, the operator chose: there is no price for a picture, and
 * what is left of `timeMs` is the limit. The rates are of a machine half as fast as the one that they were
 * measured on, for photographs, and hold on that one for whatever benchmarks/worst-encoder.bench.mjs found.
 */
const ownFuelPerMs = {
  /** Our own encoder, lossy. Its `assembly/encoder.ts` says what a unit is. */
  vp8: 200_000,
  /** Without loss: waits for memory, where it searches for repetitions. */
  vp8l: 125_000,
} as const

/** Of what was asked for: apart, so that bundles can do without. */
const packFuelPerMs = {
  /** Of jSquash. */
  resize: 150_000,
  libwebp: 75_000,
  /** Lossy, of a picture with alpha. */
  libwebpAlpha: 250_000,
  libwebpLossless: 125_000,
  mozjpeg: 150_000,
  oxipng: 150_000,
  avif: 220_000,
  /** Searching for repetitions waits for memory more than it computes. */
  avifScreen: 100_000,
} as const

const pixelPrice = (perMs: number, step: RenderStep = 'encode'): Price => ({
  step,
  fuel: Number.POSITIVE_INFINITY,
  perMs,
})

/** Encoding a picture of ours with our own encoder. */
export const ownPrice = (part: keyof typeof ownFuelPerMs) => pixelPrice(ownFuelPerMs[part])

/** Encoding or resizing a picture of ours with what a codec pack brings. */
export const packPrice = (part: keyof typeof packFuelPerMs) =>
  pixelPrice(packFuelPerMs[part], part === 'resize' ? 'resize' : 'encode')

/** Of libaom's: 6 slow to 10 fast. */
export type AvifSpeed = 6 | 7 | 8 | 9 | 10

/**
 * Fuel for each pixel: what most pictures take, and the most that any took. Below speed 8 there is no most.
 */
const avifPixel: Readonly<Record<AvifSpeed, { readonly likely: number; readonly most: number }>> = {
  6: { likely: 1000, most: Number.POSITIVE_INFINITY },
  7: { likely: 600, most: Number.POSITIVE_INFINITY },
  8: { likely: 450, most: 800 },
  9: { likely: 150, most: 300 },
  10: { likely: 150, most: 300 },
}

/** Fuel that encoding a picture as AVIF takes. */
export function avifFuel(speed: AvifSpeed, { width, height }: Size): { likely: number; most: number } {
  const { likely, most } = avifPixel[speed]
  const start = 5e6
  return { likely: start + likely * width * height, most: start + most * width * height }
}
