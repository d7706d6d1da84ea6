import type { Limits } from '@sluice/sandbox'
import { halfOf, isTooMuch, limitsOf } from '../../budget.js'
import type { Picture, StillEncoder, StillOptions } from '../../codec.js'
import { isOpaque } from '../../pixels/alpha.js'
import { pixelPrice } from '../../prices.js'
import { encodeWebp, type WebpOptions } from './libwebp-encode.js'

/** About what it takes. */
const bytesPerPixel = 16

/** How hard libwebp tries at lossless. */
export interface Search {
  readonly quality: number
  readonly effort: number
}
/** More takes much longer and gains little, or loses. */
export const quick: Search = { quality: 50, effort: 4 }
/** Longer, for a few percent less of most alpha planes; some take more. Effort 6 takes several times as long again. */
export const thorough: Search = { quality: 100, effort: 5 }

/** At more effort libwebp searches an alpha plane at length: fifty times as long as here, and more. */
const effortWithoutSearch = 4

/** Libwebp 1.1, lossy. What takes more than half of the time that is left is encoded with less effort. */
export const libwebp: StillEncoder = async (picture, { quality, effort, budget }) =>
  (await tryLibwebp(picture, { quality, effort, budget })) ??
  encode(
    picture,
    { quality, effort: Math.min(effort, effortWithoutSearch) },
    limitsFor(picture, budget, lossyPart(picture)),
  )

/**
 * Undefined where there is not enough memory, or where it takes more than half of the time that is left.
 * @param alphaCompression false leaves the alpha plane as it is, for a caller who replaces it: at effort 6 libwebp spends
 *   most of its time on that plane
 */
export function tryLibwebp(
  picture: Picture,
  { quality, effort, budget }: StillOptions,
  { alphaCompression }: Pick<WebpOptions, 'alphaCompression'> = {},
): Promise<Uint8Array | undefined> {
  const part = alphaCompression === false ? 'libwebp' : lossyPart(picture)
  const limits = halfOf(limitsFor(picture, budget, part))
  return ifItFits(encode(picture, { quality, effort, alphaCompression }, limits))
}

/** Lossless, undefined as above: it takes several times the memory of lossy, and may take much longer. */
export function tryLossless(
  picture: Picture,
  { effort, budget }: StillOptions,
  search: Search = quick,
): Promise<Uint8Array | undefined> {
  const options = { quality: search.quality, effort: Math.min(effort, search.effort), lossless: true }
  return ifItFits(encode(picture, options, halfOf(limitsFor(picture, budget, 'libwebpLossless'))))
}

/** The lossless coder has the alpha plane, which then takes most of the time. */
function lossyPart({ pixels }: Picture) {
  return isOpaque(pixels) ? 'libwebp' : 'libwebpAlpha'
}

function limitsFor(
  { width, height }: Picture,
  budget: StillOptions['budget'],
  part: 'libwebp' | 'libwebpAlpha' | 'libwebpLossless',
): Limits {
  return limitsOf(budget, pixelPrice(part), bytesPerPixel * width * height)
}

async function encode(
  { pixels, width, height }: Picture,
  options: WebpOptions,
  limits: Limits,
): Promise<Uint8Array> {
  return (await encodeWebp(pixels, width, height, options, limits)).bytes
}

/** Lack of memory or time is an answer here; traps and faults of ours are not. */
async function ifItFits(encoding: Promise<Uint8Array>): Promise<Uint8Array | undefined> {
  try {
    return await encoding
  } catch (thrown) {
    if (isTooMuch(thrown)) return undefined
    throw thrown
  }
}
