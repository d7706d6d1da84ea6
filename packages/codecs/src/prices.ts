import type { Header, RenderStep } from '@sluice/core'
import type { Price } from './budget.js'
import type { Size, Source } from './codec.js'

/*
 * What honest images take, by codec: everything that is charged against a policy's `timeMs`, in one place. A
 * metered module is priced in fuel, of which one unit is about one turn of a loop; a policy's `headroom`
 * comes on top. What is not metered is charged in milliseconds for each pixel and byte that it writes.
 *
 * The source of every number here is benchmarks/prices.bench.mjs -> benchmarks/results/prices.json: the
 * accepted files of the corpus and the fixtures, drawn with each codec. prices.test.ts holds the numbers to
 * it: no honest file takes more fuel than its price, and no `fuelPerMs` is above what was measured, but where
 * it is said here.
 */

/**
 * How much slower than the machine of the stored measurement an operator's may be before `timeMs` of work
 * takes longer than `timeMs`.
 */
export const slack = 5

/** What a codec takes. */
interface Rates {
  /** Fuel, whatever the image. */
  readonly start: number
  /** Fuel for each pixel. */
  readonly pixel: number
  /** Fuel for each byte of the file. */
  readonly byte: number
  /** Fuel that the machine of the measurement burns in a millisecond. Divided by `slack`: its price. */
  readonly fuelPerMs: number
}

/**
 * Of the kernel (`kernel.*` of the results). Its own `assembly/fuel.ts` says what a unit is. Of JPEG the rate
 * is that of empty scans, which are the quickest; photographs burn a third of it, so that for them it stands
 * for a slack of 1.5; of WebP, of which small pictures burn half, for 5.
 */
const kernel = {
  jpeg: {
    start: 1e6,
    pixel: 8,
    scanPixel: 4,
    byte: 1,
    inkPixel: 40,
    fuelPerMs: 4_000_000,
  },
  png: { start: 1e6, pixel: 24, byte: 4, fuelPerMs: 700_000 },
  gif: { start: 1e6, pixel: 16, byte: 4, fuelPerMs: 500_000 },
  webp: { start: 1e6, pixel: 12, byte: 4, fuelPerMs: 500_000 },
  resize: { start: 1e6, sourcePixel: 4, pixel: 20, byte: 0, fuelPerMs: 1_000_000 },
} as const satisfies Record<string, Rates & Record<string, number>>

/** Where a JPEG is coded arithmetically (`jpegs`): a byte holds some twenty decisions. For a slack of 1.5 as well. */
const arithmeticJpeg = { byte: 100, fuelPerMs: 1_750_000 }

/**
 * Of the codecs of jSquash, for each pixel of each scan (`jsquash.*`). Prices are far above what honest files
 * take. The rates are above what most of them burn: they stand for a slack of 2.5 for JPEG, 3.5 for PNG, 1.9
 * for WebP.
 */
const jsquash = {
  jpeg: { start: 2e6, pixel: 300, byte: 700, fuelPerMs: 500_000 },
  png: { start: 1e7, pixel: 1100, byte: 400, fuelPerMs: 1_000_000 },
  webp: { start: 4e6, pixel: 1500, byte: 1600, fuelPerMs: 250_000 },
} as const satisfies Record<string, Rates>

/** Of libavif and libheif, for each pixel of each plane (`heif.*`). */
const heif = {
  avif: { start: 6e6, pixel: 150, byte: 400, fuelPerMs: 400_000 },
  heic: { start: 5e6, pixel: 40, byte: 120, fuelPerMs: 250_000 },
} as const satisfies Record<string, Rates>

/** Of Little CMS (`lcms`): `start` opens a profile of tables. */
const lcms: Rates = { start: 2e8, pixel: 200, byte: 0, fuelPerMs: 200_000 }

/** What fuel each codec burns in a millisecond, by the names of the stored results. A function, so that bundles can do without. */
export function fuelRates(): Readonly<Record<string, number>> {
  const rates = Object.entries({ kernel, jsquash, heif }).flatMap(([family, codecs]) =>
    Object.entries(codecs).map(([name, { fuelPerMs }]) => [`${family}.${name}`, fuelPerMs] as const),
  )
  return Object.fromEntries([...rates, ['lcms', lcms.fuelPerMs]])
}

function priceOf(fuel: number, { fuelPerMs }: Pick<Rates, 'fuelPerMs'>, step: RenderStep = 'decode'): Price {
  return { step, fuel, perMs: fuelPerMs / slack }
}

/** Decoding and scaling a JPEG in the kernel. */
export function jpegPrice({ width, height, scans, jpeg }: Header, bytes: number): Price {
  const { start, pixel, scanPixel, inkPixel } = kernel.jpeg
  const { byte, fuelPerMs } = jpeg?.coding === 'arithmetic' ? arithmeticJpeg : kernel.jpeg
  // Inks are converted and resized at the size of the source.
  const perPixel = scanPixel * scans + pixel + (jpeg?.components === 4 ? inkPixel : 0)
  return priceOf(start + perPixel * width * height + byte * bytes, { fuelPerMs })
}

type FilePrice = (header: Pick<Header, 'totalPixels'>, bytes: number) => Price

/** Decoding and scaling in the kernel. */
const filePrice =
  (rates: Rates): FilePrice =>
  ({ totalPixels }, bytes) =>
    priceOf(rates.start + rates.pixel * totalPixels + rates.byte * bytes, rates)

/** 16 bits have 8 bytes a pixel. */
export const pngPrice = filePrice(kernel.png)
export const gifPrice = filePrice(kernel.gif)
export const webpPrice = filePrice(kernel.webp)

/** Inflating what a PNG holds beside its picture, of `bytes` to at most `most`. Its data is inflated by the same code. */
export function inflatePrice(bytes: number, most: number): Price {
  const { start, byte } = kernel.png
  return priceOf(start + byte * (bytes + most), kernel.png, 'colour')
}

/** Resizing in the kernel. */
export function resizePrice(from: Size, to: Size): Price {
  const { start, sourcePixel, pixel } = kernel.resize
  const fuel = start + sourcePixel * from.width * from.height + pixel * to.width * to.height
  return priceOf(fuel, kernel.resize, 'resize')
}

/** Decoding with a codec of jSquash. */
export function jsquashPrice(format: keyof typeof jsquash, { header, bytes }: Source): Price {
  const { start, pixel, byte } = jsquash[format]
  const fuel = start + pixel * header.width * header.height * header.scans + byte * bytes.length
  return priceOf(fuel, jsquash[format])
}

/** Decoding an AVIF or HEIC. */
export function heifPrice(format: keyof typeof heif, { header, bytes }: Source): Price {
  const { start, pixel, byte } = heif[format]
  const planes = header.alpha ? 2 : 1
  return priceOf(start + pixel * planes * header.totalPixels + byte * bytes.length, heif[format])
}

/** Opening a profile and converting every pixel by it. */
export function colourPrice({ totalPixels }: Pick<Header, 'totalPixels'>): Price {
  return priceOf(lcms.start + lcms.pixel * totalPixels, lcms, 'colour')
}

/** Converting pixels by a matrix, which is not metered: in milliseconds, of a machine half as fast. */
export function matrixMs(pixels: number): number {
  return 40e-6 * pixels
}

/**
 * Fuel that decoding an image takes at most in `kernelRenderer`, in its units of about one turn of a loop; a
 * policy's `headroom` comes on top. Undefined for a format that it does not read.
 */
export function decodePrice(source: Source): number | undefined {
  const { format, header, bytes } = source
  switch (format) {
    case 'jpeg':
      return jpegPrice(header, bytes.length).fuel
    case 'png':
      return pngPrice(header, bytes.length).fuel
    case 'gif':
      return gifPrice(header, bytes.length).fuel
    case 'webp':
      return webpPrice(header, bytes.length).fuel
    default:
      return undefined
  }
}
