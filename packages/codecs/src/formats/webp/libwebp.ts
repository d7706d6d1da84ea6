import { SandboxError } from '@sluice/sandbox'
import { limitsOf } from '../../budget.js'
import type { Picture, StillEncoder, StillOptions } from '../../codec.js'
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

/** Libwebp 1.1, lossy. */
export const libwebp: StillEncoder = (picture, { quality, effort, budget }) =>
  encode(picture, { quality, effort }, budget)

/**
 * The same, undefined where there is not enough memory.
 * @param alphaCompression false leaves the alpha plane as it is, for a caller who replaces it: at effort 6 libwebp spends
 *   most of its time on that plane
 */
export function tryLibwebp(
  picture: Picture,
  { quality, effort, budget }: StillOptions,
  { alphaCompression }: Pick<WebpOptions, 'alphaCompression'>,
): Promise<Uint8Array | undefined> {
  return ifItFits(encode(picture, { quality, effort, alphaCompression }, budget))
}

/** Lossless, undefined where there is not enough memory: it takes several times that of lossy. */
export function tryLossless(
  picture: Picture,
  { effort, budget }: StillOptions,
  search: Search = quick,
): Promise<Uint8Array | undefined> {
  const options = { quality: search.quality, effort: Math.min(effort, search.effort), lossless: true }
  return ifItFits(encode(picture, options, budget))
}

async function encode(
  { pixels, width, height }: Picture,
  options: WebpOptions,
  budget: StillOptions['budget'],
): Promise<Uint8Array> {
  const limits = limitsOf(budget, undefined, bytesPerPixel * width * height)
  return (await encodeWebp(pixels, width, height, options, limits)).bytes
}

/** Lack of memory is an answer here; traps and faults of ours are not. */
async function ifItFits(encoding: Promise<Uint8Array>): Promise<Uint8Array | undefined> {
  try {
    return await encoding
  } catch (thrown) {
    if (thrown instanceof SandboxError && thrown.kind === 'out-of-memory') return undefined
    throw thrown
  }
}
