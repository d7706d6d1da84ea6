import type { EncodeOptions, Encoder, Frame } from '../codec.js'
import { limitsOf } from '../limits.js'
import { wordsOf } from '../pixels/changes.js'
import { hasFewColours } from '../pixels/colour-table.js'
import { encodeWebp } from '../sandbox/index.js'

/** About what it takes. */
const BYTES_PER_PIXEL = 16

/** Libwebp 1.1, lossy, one frame. */
export const webpEncoder = stillEncoder((frame, { quality, effort, budget }) =>
  encode(frame, { quality, effort }, budget),
)

/**
 * The same with the alpha plane as it is, for a caller who replaces it: at effort 6 libwebp spends most of its time on that
 * plane.
 */
export const rawAlphaEncoder = stillEncoder((frame, { quality, effort, budget }) =>
  encode(frame, { quality, effort, alphaCompression: false }, budget),
)

/** How hard libwebp tries at lossless. */
export interface Search {
  readonly quality: number
  readonly effort: number
}
/** More takes much longer and gains little, or loses. */
export const QUICK: Search = { quality: 50, effort: 4 }
/** Longer, for a few percent less of most alpha planes; some take more. Effort 6 takes several times as long again. */
export const THOROUGH: Search = { quality: 100, effort: 5 }

/** The modes of a macroblock of a lossy picture alone, of 16x16 pixels, take more bits (fixed probabilities of RFC 6386, section 11). */
const LEAST_BITS = 3

/**
 * Drawings (at most 255 colours) are stored lossless where that is no larger: there it usually is smaller too, and halved
 * chroma would blur their edges. Everything else goes to `lossy`.
 */
export function drawingsLossless(lossy: Encoder): Encoder {
  return stillEncoder(async (frame, options) => {
    const exact = hasFewColours(wordsOf(frame)) ? await encodeLossless(frame, options) : undefined
    const macroblocks = Math.ceil(frame.width / 16) * Math.ceil(frame.height / 16)
    if (exact && exact.length * 8 <= LEAST_BITS * macroblocks) return exact
    const blurred = await lossy.encode(only(frame), options)
    return exact && exact.length <= blurred.length ? exact : blurred
  })
}

/** Undefined where there is not enough memory: it takes several times that of lossy. */
export async function encodeLossless(
  frame: Frame,
  { effort, budget }: EncodeOptions,
  search: Search = QUICK,
): Promise<Uint8Array | undefined> {
  try {
    const { quality } = search
    return await encode(frame, { quality, effort: Math.min(effort, search.effort), lossless: true }, budget)
  } catch {
    return undefined
  }
}

/** An encoder that takes the first frame and leaves the rest. */
export function stillEncoder(
  encodeStill: (frame: Frame, options: EncodeOptions) => Promise<Uint8Array>,
): Encoder {
  return {
    format: 'webp',
    async encode(frames, options) {
      for await (const frame of frames) return encodeStill(frame, options)
      throw new Error('no frame came')
    },
  }
}

export async function* only<Item>(item: Item): AsyncGenerator<Item> {
  yield item
}

async function encode(
  { pixels, width, height }: Frame,
  options: Parameters<typeof encodeWebp>[3],
  budget: EncodeOptions['budget'],
): Promise<Uint8Array> {
  const limits = limitsOf(budget, undefined, BYTES_PER_PIXEL * width * height)
  return (await encodeWebp(pixels, width, height, options, limits)).bytes
}
