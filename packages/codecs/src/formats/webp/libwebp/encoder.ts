import type { Limits } from '@sluice/sandbox'
import { halfOf, ifItFits, limitsOf } from '../../../budget.js'
import type { Picture, StillEncoder, StillOptions } from '../../../codec.js'
import { packPrice } from '../../../encoder-prices.js'
import { isOpaque } from '../../../pixels/alpha.js'
import { wordsOf } from '../../../pixels/changes.js'
import { hasFewColours } from '../../../pixels/colour-table.js'
import { encodeWebp, type WebpOptions } from './encode-webp.js'

/** About what it takes. */
const bytesPerPixel = 16

/** How hard it tries at lossless. More takes much longer and gains little, or loses. */
const lossless = { quality: 50, effort: 4 }

/** At more effort libwebp searches an alpha plane at length: fifty times as long as here, and more. */
const effortWithoutSearch = 4

/**
 * Libwebp 1.1. Drawings (at most 255 colours) are stored lossless where that is no larger: there it usually is
 * smaller too, and halved chroma would blur their edges.
 */
export const libwebp: StillEncoder = async (picture, options) => {
  const exact = hasFewColours(wordsOf(picture)) ? await tryLossless(picture, options) : undefined
  const lossy = await encodeLossy(picture, options)
  return exact && exact.length <= lossy.length ? exact : lossy
}

/** What takes more than half of the time that is left is encoded with less effort. */
export const encodeLossy: StillEncoder = async (picture, { quality, effort, budget }) => {
  const limits = () => limitsFor(picture, budget, isOpaque(picture.pixels) ? 'libwebp' : 'libwebpAlpha')
  return (
    (await ifItFits(budget, encode(picture, { quality, effort }, halfOf(limits())))) ??
    encode(picture, { quality, effort: Math.min(effort, effortWithoutSearch) }, limits())
  )
}

/** Undefined where there is not enough memory, or where it takes more than half of the time that is left. */
export function tryLossless(
  picture: Picture,
  { effort, budget }: StillOptions,
): Promise<Uint8Array | undefined> {
  const options = {
    quality: lossless.quality,
    effort: Math.min(effort, lossless.effort),
    lossless: true,
  }
  return ifItFits(budget, encode(picture, options, halfOf(limitsFor(picture, budget, 'libwebpLossless'))))
}

function limitsFor(
  { width, height }: Picture,
  budget: StillOptions['budget'],
  part: 'libwebp' | 'libwebpAlpha' | 'libwebpLossless',
): Limits {
  return limitsOf(budget, packPrice(part), bytesPerPixel * width * height)
}

async function encode(
  { pixels, width, height }: Picture,
  options: WebpOptions,
  limits: Limits,
): Promise<Uint8Array> {
  return (await encodeWebp(pixels, width, height, options, limits)).bytes
}
